// test-timeout: 90
import { App } from "@madeleine/core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Log } from "../harness.ts";
import { startProgram } from "../program.ts";

const routes = `
  app.get("/left", () => { void Promise.reject(new Error("left behind")); return "ok"; });
  app.get("/late", () => { setTimeout(async () => { throw new Error("later"); }, 5); return "ok"; });
  app.get("/inside", () => ({ rows: [Promise.reject(new Error("never awaited"))] }));
  app.get("/canary", () => "alive");
`;

test("ST-05 a rejection that nobody awaited is logged, and the process goes on", async () => {
  const program = startProgram(`
    const app = new App(); ${routes} await app.listen({ port: 0, host: "127.0.0.1", quiet: true });
    const answers = [];
    for (const path of ["/left", "/late", "/inside", "/canary"]) {
      answers.push((await fetch(app.url + path)).status);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    console.log(answers.join());
    await app.close();
  `);
  const { code, stdout, stderr } = await program.ended;
  assert.equal([code, stdout], [0, "200,200,500,200\n"], stderr);
  assert.match(stderr, /a promise was rejected that nobody awaited/);
  for (const message of ["left behind", "later"]) assert.match(stderr, new RegExp(`Error: ${message}\\b`));
  assert.match(stderr, /\$\.rows\[0\] is a Promise/);
  assert.not.match(stderr, /never awaited/, "what the answer's error says is not said twice");
});

test("ST-05 what is thrown outside of any promise ends the process, with its stack", async () => {
  const program = startProgram(`
    const app = new App(); await app.listen({ port: 0, host: "127.0.0.1", quiet: true });
    setTimeout(() => { throw new Error("half done"); }, 5);
  `);
  const { code, stderr } = await program.ended;
  assert.is(code, 1);
  assert.match(stderr, /Error: half done\n +at /);
});

test("ST-05 a program that listens to rejections itself decides itself", async () => {
  const program = startProgram(`
    process.on("unhandledRejection", (error) => { console.log("mine:", error.message); process.exit(3); });
    const app = new App(); ${routes} await app.listen({ port: 0, host: "127.0.0.1", quiet: true });
    await fetch(app.url + "/left");
  `);
  const { code, stdout, stderr } = await program.ended;
  assert.equal([code, stdout, stderr], [3, "mine: left behind\n", ""]);
});

test("the listener of rejections goes with the last application, and is not there where the process is somebody else's", async () => {
  const before = process.listenerCount("unhandledRejection");
  const logger = new Log();
  const [one, other, guest] = [new App({ logger }), new App({ logger }), new App({ logger })];
  await guest.listen({ port: 0, quiet: true, signals: false });
  assert.is(process.listenerCount("unhandledRejection"), before);
  await Promise.all([one.listen({ port: 0, quiet: true }), other.listen({ port: 0, quiet: true })]);
  assert.is(process.listenerCount("unhandledRejection"), before + 1);
  await one.close();
  assert.is(process.listenerCount("unhandledRejection"), before + 1);
  await Promise.all([other.close(), guest.close()]);
  assert.is(process.listenerCount("unhandledRejection"), before);
  assert.equal(logger.messages, []);
});

test.run();
