import { TestClient } from "madeleine/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { app } from "../app.ts";

test("/set-cookie sets a cookie that ends with the browser", async () => {
  await using client = await TestClient.open(app);
  const response = await client.get("/set-cookie");
  assert.equal(response.json(), { message: "Cookie set successfully" });
  assert.equal(response.headers.getSetCookie(), ["cookie_name=cookie_value; Path=/; SameSite=lax"]);
  assert.is(client.cookies.get("cookie_name")?.value, "cookie_value");
});

test("/set-advanced-cookie sets a cookie with attributes", async () => {
  await using client = await TestClient.open(app);
  const response = await client.get("/set-advanced-cookie");
  assert.equal(response.json(), { message: "Advanced cookie set successfully" });
  const [cookie] = response.cookies;
  assert.equal([cookie?.name, cookie?.value], ["user_preferences", "dark_mode"]);
  assert.equal(
    [cookie?.maxAge, cookie?.path, cookie?.secure, cookie?.httpOnly, cookie?.sameSite],
    [3600, "/", false, true, "lax"],
  );
});

test("/read-cookie gives what was set, and null before", async () => {
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/read-cookie")).json(), { cookie_value: null, message: "Cookie read successfully" });
  await client.get("/set-advanced-cookie");
  assert.equal((await client.get("/read-cookie")).json(), { cookie_value: "dark_mode", message: "Cookie read successfully" });
});

test("/update-cookie turns dark_mode into light_mode and back", async () => {
  await using client = await TestClient.open(app);
  const update = async () => (await client.get("/update-cookie")).json();
  const message = "Cookie updated successfully";
  assert.equal(await update(), { previous_value: null, new_value: "dark_mode", message });
  assert.equal(await update(), { previous_value: "dark_mode", new_value: "light_mode", message });
  assert.equal(await update(), { previous_value: "light_mode", new_value: "dark_mode", message });
});

test("/delete-cookie deletes the cookie in the browser", async () => {
  await using client = await TestClient.open(app);
  await client.get("/set-advanced-cookie");
  assert.equal((await client.get("/delete-cookie")).json(), { message: "Cookie deleted successfully" });
  assert.equal(client.cookies.all(), []);
});

test("/json-with-cookie is a response with a cookie of its own", async () => {
  await using client = await TestClient.open(app);
  assert.equal((await client.get("/json-with-cookie")).json(), { message: "This response has a cookie" });
  assert.is(client.cookies.get("my_cookie")?.value, "cookie_from_json_response");
});

test.run();
