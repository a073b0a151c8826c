import { test } from "uvu";
import * as assert from "uvu/assert";
import { compileTrustProxy } from "../../src/client/trust-proxy.ts";

test("false, 0 and an empty list trust no one", () => {
  for (const option of [false, 0, []]) assert.is(compileTrustProxy(option), undefined);
});

test("true trusts everyone, a number that many hops", () => {
  assert.ok(compileTrustProxy(true)?.("6.6.6.6", 9));
  const two = compileTrustProxy(2);
  assert.equal(
    [0, 1, 2].map((hop) => two?.("6.6.6.6", hop)),
    [true, true, false],
  );
});

test("addresses, subnets and their names are trusted, of both versions of IP", () => {
  const trust = compileTrustProxy("10.0.0.0/8, loopback,192.0.2.1, 2001:db8::/32");
  for (const address of ["10.255.0.1", "127.0.0.1", "::1", "192.0.2.1", "2001:db8::5", "::ffff:10.0.0.1"])
    assert.ok(trust?.(address, 0), address);
  for (const address of ["11.0.0.1", "192.0.2.2", "2001:db9::5", undefined]) assert.not(trust?.(address, 0), address);
  assert.ok(compileTrustProxy(["uniquelocal"])?.("172.16.0.1", 0));
});

test("what is none of these is refused by its name", () => {
  const expected =
    'trustProxy: "10.0.0.0/33" is not an IP address, a subnet such as "10.0.0.0/8", or one of loopback, linklocal, uniquelocal.';
  assert.throws(
    () => compileTrustProxy("10.0.0.0/33"),
    (error: Error) => error instanceof TypeError && error.message === expected,
  );
  for (const option of ["", "example.com", "10.0.0.0/", "10.0.0.0/x", "10.0.0", ["loopback", "::1/129"]]) {
    assert.throws(() => compileTrustProxy(option), /is not an IP address/);
  }
  for (const option of [-1, 1.5, Number.NaN]) assert.throws(() => compileTrustProxy(option), /is not a number of proxies/);
});

test.run();
