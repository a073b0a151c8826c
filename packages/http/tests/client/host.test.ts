import { test } from "uvu";
import * as assert from "uvu/assert";
import { hostnameOf, isSameAuthority, isValidHost } from "../../src/client/host.ts";

test("names, addresses and ports are hosts", () => {
  for (const host of [
    "a",
    "example.com",
    "EXAMPLE.com.",
    "my_service:8000",
    "127.0.0.1:80",
    "[::1]",
    "[2001:db8::1]:443",
    "a:",
    "a:65535",
  ]) {
    assert.ok(isValidHost(host), host);
  }
});

test("PX-01: what could be read as another host is none", () => {
  const attacks = [
    "",
    ":80",
    "a@evil.com",
    "a/x?y",
    "a/x?y#z",
    "a b",
    "[::1",
    "[::1]x",
    "[a]",
    "[fe80::1%eth0]",
    "a:99999",
    "a:8x",
    "a:1:2",
    "a,b",
    "a\\b",
    "caf\u00c3\u00a9",
    "%61",
    "::1",
  ];
  for (const host of attacks) assert.not(isValidHost(host), host);
});

test("the hostname has no port and is in lower case", () => {
  assert.is(hostnameOf("Example.com:8000"), "example.com");
  assert.is(hostnameOf("a"), "a");
  assert.is(hostnameOf("[::1]:80"), "[::1]");
  assert.is(hostnameOf("[::1]"), "[::1]");
});

test("authorities are equal whatever their case, with the default port or without", () => {
  assert.ok(isSameAuthority("A.com:80", "a.com", 80));
  assert.ok(isSameAuthority("a.com:", "a.com", 80));
  assert.ok(isSameAuthority("[::1]:8000", "[::1]:8000", 80));
  assert.not(isSameAuthority("a.com:443", "a.com", 80));
  assert.not(isSameAuthority("a.com", "b.com", 80));
});

test.run();
