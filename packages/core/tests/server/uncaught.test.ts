// test-timeout: 180
import { test } from "uvu";
import * as assert from "uvu/assert";
import { startProgram } from "../program.ts";

const busyPort = `
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address();
`;

test("OP-09 a port in use is one line with the way out, exit code 1 and no stack", async () => {
  const { code, stdout, stderr } = await startProgram(`${busyPort} await new App().listen({ port, host: "127.0.0.1" });`).ended;
  assert.is(code, 1);
  assert.is(stdout, "");
  assert.match(
    stderr,
    /^Port \d+ is in use: another program listens there\. Stop it, or choose another port, for example PORT=\d+\.\n$/,
  );
});

test("OP-09 an unknown host, an address of another machine and a port that is none are one line each", async () => {
  const cases: [options: string, line: RegExp][] = [
    [`{ host: "no.such.host.invalid" }`, /^The host "no\.such\.host\.invalid" is not known\. Listen on "127\.0\.0\.1", .*\n$/],
    [`{ port: 0, host: "203.0.113.7" }`, /^203\.0\.113\.7 is no address of this machine\. .*\n$/],
    [`{ port: 70000 }`, /^70000 is no port: a port is a whole number from 0 to 65535\.\n$/],
    [`{ port: Number("eight") }`, /^NaN is no port: .*\n$/],
  ];
  const endings = await Promise.all(cases.map(([options]) => startProgram(`await new App().listen(${options});`).ended));
  endings.forEach(({ code, stderr }, index) => {
    assert.is(code, 1);
    assert.match(stderr, cases[index]![1]);
  });
});

test("a program that is started with --json reports its boot problems as JSON, with file, line and column", async () => {
  const { code, stderr } = await startProgram(`
    process.argv.push("--json");
    const app = new App();
    app.get("/items/:id", () => 1);
    await app.listen({ port: 0 });
  `).ended;
  assert.is(code, 1);
  const { name, problems } = JSON.parse(stderr) as {
    name: string;
    problems: { code: string; mend: string; places: { file: string; line: number }[] }[];
  };
  assert.is(name, "BootError");
  assert.equal(
    problems.map((problem) => problem.code),
    ["UNUSED_PATH_PARAMETER"],
  );
  assert.is(typeof problems[0]?.places[0]?.line, "number");
  assert.match(problems[0]?.places[0]?.file ?? "", /\S/);
});

test("an error that is caught prints nothing, and the program goes on", async () => {
  const tries = `
    for (let index = 0; index < 20; index++) await new App().listen({ port, host: "127.0.0.1" }).catch((error) => { if (!(error instanceof ListenError)) throw error; });
    const app = new App({ controllers: [class Nothing {}] });
    await app.listen({ port: 0 }).catch((error) => { if (!(error instanceof BootError)) throw error; });
    console.log("goes on", process.listenerCount("uncaughtException"));
    await new Promise((resolve) => setTimeout(resolve, 150));
    console.log("listeners", process.listenerCount("uncaughtException"));
    other.close();
  `;
  const { code, stdout, stderr } = await startProgram(busyPort + tries).ended;
  assert.equal([code, stdout, stderr], [0, "goes on 1\nlisteners 0\n", ""], "nor a warning of too many listeners");
});

test("another error that is thrown meanwhile keeps its stack, and exit code 1", async () => {
  const { code, stderr } = await startProgram(
    `${busyPort} await new App().listen({ port, host: "127.0.0.1" }).catch(() => {}); throw new Error("mine");`,
  ).ended;
  assert.is(code, 1);
  assert.match(stderr, /^Error: mine\n +at /);
});

test("a program that listens to uncaught exceptions decides itself", async () => {
  const own = `process.on("uncaughtException", (error) => { console.log("mine:", error.name); process.exit(7); });`;
  const { code, stdout, stderr } = await startProgram(`${own} ${busyPort} await new App().listen({ port, host: "127.0.0.1" });`)
    .ended;
  assert.equal([code, stdout, stderr], [7, "mine: ListenError\n", ""]);
});

for (const how of ["boot", "listen"]) {
  test(`a BootError that ${how}() threw and nobody caught prints its report without a stack, exit code 1`, async () => {
    const { code, stderr } = await startProgram(`const app = new App({ controllers: [class Nothing {}] }); await app.${how}();`)
      .ended;
    assert.is(code, 1);
    const expected = [
      "BootError: 1 problem in this application",
      "",
      "  1. controllers lists Nothing, which has no @Controller() of its own.",
      "     mend: write @Controller() before class Nothing; a base class passes its routes on, not its prefix  [NOT_A_CONTROLLER]",
      "",
      "",
    ];
    assert.is(stderr, expected.join("\n"));
  });
}

test.run();
