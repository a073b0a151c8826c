import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkPages } from "../../docs/check-pages.mjs";

const route = `@Controller()
class Items {
  @Get("/:id")
  read(@Path(z.int()) id: number) {
    return { id };
  }
}`;

const pages = {
  true: page(
    ["ts", route],
    ["console", `$ curl -i localhost:8000/7\nHTTP/1.1 200 OK\ncontent-type: application/json\n\n{ "id": 7 }`],
  ),
  "answers otherwise": page(["ts", route], ["console", `$ curl localhost:8000/7\n{ "id": 8 }`]),
  "has another header": page(
    ["ts", route],
    ["console", `$ curl -i localhost:8000/7\nHTTP/1.1 200 OK\nallow: GET\n\n{ "id": 7 }`],
  ),
  "does not compile": page(["ts", route.replace("number", "string")]),
  "compiles by mistake": page(["ts", route], ["text", "error TS1239: never"]),
  "fails at boot": page(["ts", route.replace('"/:id"', '"/"')]),
  "boots by mistake": page(["ts", route], ["text", "BootError: 1 problem in this application"]),
  "listens nowhere": page(["ts", "const one = 1;"], ["console", "$ curl localhost:8000/\n1"]),
  "is foreign": page(["ts", 'import { Module } from "elsewhere";']).replace("```ts", "<!-- not ours: Elsewhere -->\n\n```ts"),
  "has a failing test": page(["ts", 'import test from "node:test";\ntest("fails", () => { throw new Error("no"); });']).replace(
    "```ts",
    "<!-- program: app.test.ts -->\n```ts",
  ),
};
const checked = checkPages(Object.entries(pages).map(([path, markdown]) => ({ path, markdown })));

test("a page that tells the truth has no problems", async () => {
  assert.equal(await checked.problemsOf("true"), []);
});

test("what is not ours is left alone", async () => {
  assert.equal(await checked.problemsOf("is foreign"), []);
});

for (const [path, words] of [
  ["answers otherwise", 'asked GET /7, answers {"id":7}'],
  ["has another header", 'answers without "allow: GET"'],
  ["does not compile", "fails with\nerror TS1239"],
  ["compiles by mistake", "but does not"],
  ["fails at boot", "[UNKNOWN_PATH_PARAMETER]"],
  ["boots by mistake", "but does not"],
  ["listens nowhere", "listens nowhere"],
  ["has a failing test", "its tests fail"],
]) {
  test(`a page whose program ${path} is found out, with its line`, async () => {
    const problems = await checked.problemsOf(path);
    assert.is(problems.length, 1);
    assert.match(problems[0], new RegExp(`^${path}:\\d+: the program `));
    assert.ok(problems[0].includes(words), problems[0]);
  });
}

function page(...blocks) {
  return blocks.map(([language, text]) => `\`\`\`${language}\n${text}\n\`\`\``).join("\n\n");
}

test.run();
