import { type IncomingMessage } from "node:http";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { findClient } from "../../src/client/client.ts";
import { compileTrustProxy } from "../../src/client/trust-proxy.ts";
import { assertLinear } from "../../../../scripts/test/assert-linear.ts";

interface Peer {
  address?: string;
  encrypted?: true;
  headers?: readonly string[];
}

// Addresses beyond loopback cannot be had on a test machine: the fields that are read of a message, as plain values.
function message({ address = "10.0.0.2", encrypted, headers = [] }: Peer): IncomingMessage {
  const socket = { remoteAddress: address, localAddress: "::1", localPort: 8000, ...(encrypted && { encrypted }) };
  return { socket, rawHeaders: headers } as unknown as IncomingMessage;
}

const forwarded = [
  "Host",
  "inner",
  "X-Forwarded-For",
  "203.0.113.7",
  "X-Forwarded-Proto",
  "https",
  "X-Forwarded-Host",
  "example.com",
];

test("PX-05: without trustProxy the forwarding headers count for nothing", () => {
  const headers = [...forwarded, "Forwarded", "for=6.6.6.6;proto=https;host=evil"];
  assert.equal(findClient(message({ headers }), undefined), { ip: "10.0.0.2", protocol: "http", host: "inner" });
});

test("PX-06: from a peer that is no trusted proxy they count for nothing either, not one of them", () => {
  const client = findClient(message({ address: "6.6.6.6", headers: forwarded }), compileTrustProxy("10.0.0.1"));
  assert.equal(client, { ip: "6.6.6.6", protocol: "http", host: "inner" });
});

test("a trusted proxy says who the client is", () => {
  const client = findClient(message({ headers: forwarded }), compileTrustProxy("10.0.0.0/8"));
  assert.equal(client, { ip: "203.0.113.7", protocol: "https", host: "example.com" });
});

test("the client is the nearest address that is not ours: what stands before it, it wrote itself", () => {
  const headers = ["X-Forwarded-For", "6.6.6.6, 203.0.113.7", "X-Forwarded-For", "10.0.0.1"];
  assert.is(findClient(message({ headers }), compileTrustProxy("10.0.0.0/8")).ip, "203.0.113.7");
  assert.is(findClient(message({ headers }), compileTrustProxy(1)).ip, "10.0.0.1");
  assert.is(findClient(message({ headers }), compileTrustProxy(true)).ip, "6.6.6.6");
});

test("an entry that is no address ends the walk at the proxy that wrote it", () => {
  for (const entry of ["unknown", "", "_hidden", "<script>", "1.2.3.4.5"]) {
    assert.is(findClient(message({ headers: ["X-Forwarded-For", `6.6.6.6, ${entry}`] }), compileTrustProxy(true)).ip, "10.0.0.2");
  }
});

test("addresses are read with a port, and IPv4 written as IPv6 is IPv4", () => {
  const trust = compileTrustProxy("10.0.0.0/8");
  assert.is(findClient(message({ headers: ["X-Forwarded-For", "203.0.113.7:5678"] }), trust).ip, "203.0.113.7");
  assert.is(findClient(message({ headers: ["X-Forwarded-For", "[2001:db8::7]:5678"] }), trust).ip, "2001:db8::7");
  assert.is(findClient(message({ address: "::ffff:10.0.0.2", headers: forwarded }), trust).ip, "203.0.113.7");
});

test("PX-08: the protocol is what the outermost trusted proxy wrote, and only http or https", () => {
  const protocolOf = (value: string, forwardedFor = "203.0.113.7"): string =>
    findClient(
      message({ headers: ["X-Forwarded-For", forwardedFor, "X-Forwarded-Proto", value] }),
      compileTrustProxy("10.0.0.0/8"),
    ).protocol;
  assert.is(protocolOf("https, http"), "http"); // one proxy: it appended "http" to what the client claimed
  assert.is(protocolOf("https, http", "203.0.113.7, 10.0.0.1"), "https"); // two: the outer one took the TLS off
  assert.is(protocolOf("https", "203.0.113.7, 10.0.0.1"), "https");
  assert.is(protocolOf("HTTPS"), "https");
  for (const value of ["javascript", "", ",", "https:"]) assert.is(protocolOf(value), "http");
});

test("an invalid X-Forwarded-Host falls back to Host", () => {
  for (const host of ["evil@a", "a/b", " ".repeat(15_000), ""]) {
    const headers = ["Host", "inner", "X-Forwarded-Host", host];
    assert.is(findClient(message({ headers }), compileTrustProxy(true)).host, "inner");
  }
});

test("a TLS socket is https, and an HTTP/1.0 request without Host has the address it came to", () => {
  assert.is(findClient(message({ encrypted: true }), undefined).protocol, "https");
  assert.is(findClient(message({}), undefined).host, "[::1]:8000");
});

test("HD-14: 15 kB of addresses are read in linear time", async () => {
  for (const [piece, count] of [
    ["1.1.1.1,", 1900],
    [" ", 15_000],
  ] as const) {
    const find = (size: number) =>
      findClient(message({ headers: ["X-Forwarded-For", piece.repeat(size)] }), compileTrustProxy(true));
    await assertLinear(JSON.stringify(piece), find, count);
  }
});

test.run();
