import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

// What users can import is a promise: a name that comes or goes is a change of public-names.json, and a line in CHANGELOG.md.
const recorded = JSON.parse(readFileSync(join(import.meta.dirname, "public-names.json"), "utf8")) as Record<string, string[]>;

for (const [entry, names] of Object.entries(recorded)) {
  test(`${entry} exports the recorded names, values and types`, () => {
    assert.equal(namesIn(sourceOf(entry)), names);
  });

  test(`${entry} has every value that it exports`, async () => {
    const module = (await import(entry)) as object;
    const values = names.filter((name) => !name.startsWith("type "));
    assert.equal(Object.keys(module).toSorted(), values.toSorted());
  });
}

test("every entry of package.json is recorded", () => {
  const { exports } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as { exports: object };
  const entries = Object.keys(exports).filter((path) => path !== "./package.json");
  assert.equal(
    Object.keys(recorded),
    entries.map((path) => path.replace(".", "madeleine")),
  );
});

function sourceOf(entry: string): string {
  const file = entry === "madeleine" ? "index" : entry.slice("madeleine/".length);
  return readFileSync(join(import.meta.dirname, "..", "src", `${file}.ts`), "utf8");
}

/** Shape: `export { App, type Logger } from "…"` gives `["App", "type Logger"]`; the umbrella exports nothing in another way. */
function namesIn(source: string): string[] {
  const lists = [...source.matchAll(/export (type )?\{([^}]*)\} from/g)];
  const names = lists.flatMap(([, isType = "", list = ""]) => list.split(",").map((name) => `${isType}${name.trim()}`));
  return names.filter((name) => name !== "" && name !== "type ").toSorted();
}

test.run();
