import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Controller, FileResponse, Get } from "madeleine";
import { test } from "uvu";
import { answers, silent } from "./answers.ts";

const folder = mkdtempSync(join(tmpdir(), "madeleine-conformance-"));
test.after(() => rmSync(folder, { recursive: true }));

/** Writes a file of ASCII, and gives its path. */
function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const readme = file("README.txt", "A file that has 526 bytes. ".repeat(20).slice(0, 526));
const picture = file("example.png", "*".repeat(14_000));
const greeting = file("hello.txt", "file content");
const long = file("long.txt", "*".repeat(14_000));

@Controller()
class Files {
  @Get("/readme")
  readme() {
    return new FileResponse(readme);
  }

  @Get("/etag")
  tagged() {
    return new FileResponse(readme, { headers: { etag: '"mine"' } });
  }

  @Get("/png")
  picture() {
    return new FileResponse(picture, { filename: "example.png" });
  }

  @Get("/cn")
  chinese() {
    return new FileResponse(greeting, { filename: "你好.txt" });
  }

  @Get("/inline")
  inline() {
    return new FileResponse(long, { filename: "hello.txt", disposition: "inline" });
  }

  @Get("/missing")
  missing() {
    return new FileResponse(join(folder, "missing.txt"));
  }
}

answers(() => new App({ controllers: [Files], logger: silent }), {
  "file-head": "HEAD has the length of the file",
  "file-range": "a range is sent as 206",
  "file-range-suffix-oversize": "a suffix longer than the file is the whole file",
  "file-range-416": "a range behind the end is a 416",
  "file-range-reversed": "a range that ends before it begins is ignored",
  "file-range-bad-unit": "a unit that is not bytes is ignored",
  "file-range-malformed": "a Range that is malformed is ignored",
  "file-range-multi": "several ranges are one multipart answer",
  "file-if-range-mismatch": "If-Range with another tag sends the whole file",
  "file-disposition": "a file is saved under its name",
  "file-disposition-utf8": "a name that is no ASCII is percent-encoded",
  "file-disposition-inline": "a file may be shown",
  "file-missing": "a file that does not exist is a bare 500",
});

test.run();
