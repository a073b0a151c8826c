import type { IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import { RequestHeaders } from "../headers/request-headers.ts";
import { isValidHost } from "./host.ts";
import type { TrustProxy } from "./trust-proxy.ts";

/** Who asks, by which protocol, and under which name they reached us. */
export interface Client {
  /** `undefined` on a Unix socket, and after the connection is gone. IPv4 is written as IPv4 also on an IPv6 socket. */
  readonly ip: string | undefined;
  readonly protocol: "http" | "https";
  /** With the port, where the client named one. */
  readonly host: string;
}

/**
 * Finds the client of a request: the peer of the socket or, where that is one of our proxies, what the proxies say.
 *
 * `X-Forwarded-*` of anyone else is text from a stranger and counts for nothing: not for the address, the protocol or the
 * host (PX-05, PX-06). `Forwarded`, `X-Real-IP`, `X-Original-URL` and the like are not read (PX-10).
 *
 * Shape: with `trustProxy: "10.0.0.0/8"`, a peer 10.0.0.2 and `X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.0.0.1`, the ip is `203.0.113.7`:
 *        the nearest that is not ours. What stands before it, the client wrote itself.
 */
export function findClient(raw: IncomingMessage, trust: TrustProxy | undefined): Client {
  const headers = new RequestHeaders(raw);
  const peer = toAddress(raw.socket.remoteAddress ?? "");
  const direct: Client = {
    ip: peer,
    protocol: protocolOf(raw),
    host: headers.get("host") || toHost(raw.socket),
  };
  if (trust === undefined || !trust(peer, 0)) return direct;

  const { ip, hops } = walkProxies(peer, headers.get("x-forwarded-for") ?? "", trust);
  const protocol = entryOf(headers.get("x-forwarded-proto"), hops)?.toLowerCase();
  const host = entryOf(headers.get("x-forwarded-host"), hops);
  return {
    ip,
    protocol: protocol === "https" || protocol === "http" ? protocol : direct.protocol, // PX-08
    host: host !== undefined && isValidHost(host) ? host : direct.host,
  };
}

/** By which protocol our peer speaks to us. */
export function protocolOf({ socket }: IncomingMessage): "http" | "https" {
  return "encrypted" in socket ? "https" : "http";
}

/** From our side towards the client, as long as the one who speaks is trusted; stops at what is no address. */
function walkProxies(
  peer: string | undefined,
  forwardedFor: string,
  trust: TrustProxy,
): { ip: string | undefined; hops: number } {
  let ip = peer;
  let hops = 0;
  let end = forwardedFor.length;
  while (end > 0 && trust(ip, hops)) {
    const comma = forwardedFor.lastIndexOf(",", end - 1);
    const next = toAddress(forwardedFor.slice(comma + 1, end).trim());
    if (next === undefined) return { ip, hops: hops + 1 };
    ip = next;
    end = comma;
    hops++;
  }
  return { ip, hops: Math.max(hops, 1) };
}

/**
 * What the outermost of our proxies wrote. Each appends to the list or replaces it, so that is the entry as many places
 * from the right as there are proxies, or the first.
 */
function entryOf(list: string | undefined, hops: number): string | undefined {
  if (list === undefined) return undefined;
  const entries = list.split(",");
  return entries[Math.max(entries.length - hops, 0)]?.trim();
}

/** Some proxies add the port (`1.2.3.4:5678`, `[::1]:5678`); an IPv6 socket writes IPv4 peers as `::ffff:1.2.3.4`. */
function toAddress(text: string): string | undefined {
  const address = /^(?:\[(.+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text);
  const bare = address?.[1] ?? address?.[2] ?? text;
  const mapped = bare.startsWith("::ffff:") ? bare.slice(7) : bare;
  if (isIP(mapped) !== 0) return mapped;
  return isIP(bare) === 0 ? undefined : bare;
}

/** For HTTP/1.0, which has no Host: where the client connected to. */
function toHost({ localAddress = "localhost", localPort }: Socket): string {
  const address = isIP(localAddress) === 6 ? `[${localAddress}]` : localAddress;
  return localPort === undefined ? address : `${address}:${localPort}`;
}
