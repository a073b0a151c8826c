import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";
import { timeSince } from "../time-since.ts";

test("greets a newcomer, and remembers the time", async () => {
  await using client = await TestClient.open(app);
  const before = Date.now();
  const response = await client.get("/");
  assert.match(response.text(), "This is your first visit.");
  const [cookie] = response.cookies;
  assert.equal([cookie?.name, cookie?.maxAge, cookie?.httpOnly, cookie?.sameSite], ["last_visit", 31_536_000, true, "lax"]);
  const moment = new Date(decodeURIComponent(cookie?.value ?? "")).getTime();
  assert.ok(before - 1000 < moment && moment <= Date.now());
});

test("greets whoever comes again with the time of the visit before", async () => {
  await using client = await TestClient.open(app);
  const before = new Date(Date.now() - 3 * 3_600_000);
  client.cookies.set("last_visit", before.toISOString());
  const page = (await client.get("/")).text();
  assert.match(page, "Welcome back!");
  assert.match(page, `<time datetime="${before.toISOString()}" title="${before.toUTCString()}">3 hours ago</time>`);
  assert.match((await client.get("/")).text(), ">just now</time>");
});

test("a cookie that is no date reads as a first visit", async () => {
  await using client = await TestClient.open(app);
  for (const last_visit of ["yesterday", "", "1700000000", "2024-02-30", "<script>", "%", "2024-01-01".repeat(100)]) {
    const response = await client.get("/", { cookies: { last_visit } });
    assert.is(response.status, 200);
    assert.match(response.text(), "This is your first visit.");
  }
});

test("forgets whoever asks for it", async () => {
  await using client = await TestClient.open(app);
  await client.get("/");
  const response = await client.post("/forget");
  assert.equal(
    response.redirects.map(({ status, location }) => [status, location]),
    [[303, "/forgotten"]],
  );
  assert.match(response.text(), "You are forgotten");
  assert.equal(client.cookies.all(), []);
  assert.match((await client.get("/")).text(), "This is your first visit.");
});

test("a distance is told in its largest unit", () => {
  const now = new Date("2026-05-20T12:00:00Z");
  const told = ["2026-05-20T11:59:30Z", "2026-05-20T11:55:00Z", "2026-05-19T11:00:00Z", "2026-05-17T12:00:00Z", "2024-01-01"];
  assert.equal(
    told.map((moment) => timeSince(new Date(moment), now)),
    ["just now", "5 minutes ago", "yesterday", "3 days ago", "2 years ago"],
  );
  assert.is(timeSince(new Date("2030-01-01"), now), "just now", "a cookie that somebody set into the future");
});

test.run();
