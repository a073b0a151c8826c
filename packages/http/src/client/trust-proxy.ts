import { BlockList, isIP } from "node:net";

/**
 * Whether the machine at `address` is one of our proxies, so that what it says about the client before it counts. `hop` is
 * 0 for the peer of the socket and grows towards the client.
 */
export type TrustProxy = (address: string | undefined, hop: number) => boolean;

/**
 * Compiles the `trustProxy` option.
 *
 * Shape:  `true` trusts everyone, for where only the proxy can connect · `1` trusts that many proxies · `"10.0.0.0/8, loopback"` or
 *         a list of such texts trusts addresses, subnets, and the names `loopback`, `linklocal` and `uniquelocal` · `false` or `0` no one.
 * Errors: TypeError for what is none of these, naming it.
 */
export function compileTrustProxy(option: boolean | number | string | readonly string[]): TrustProxy | undefined {
  if (typeof option === "boolean") return option ? () => true : undefined;
  if (typeof option === "number") return trustHops(option);
  return trustAddresses((typeof option === "string" ? option.split(",") : option).map((entry) => entry.trim()));
}

function trustHops(count: number): TrustProxy | undefined {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new TypeError(`trustProxy: ${count} is not a number of proxies. Use 1 for one proxy in front of the application.`);
  }
  return count === 0 ? undefined : (_address, hop) => hop < count;
}

function trustAddresses(entries: readonly string[]): TrustProxy | undefined {
  const trusted = new BlockList();
  for (const entry of entries) for (const subnet of NAMED_SUBNETS.get(entry) ?? [entry]) addSubnet(trusted, subnet);
  if (entries.length === 0) return undefined;
  return (address) => address !== undefined && trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function addSubnet(trusted: BlockList, subnet: string): void {
  const slash = subnet.indexOf("/");
  const address = slash === -1 ? subnet : subnet.slice(0, slash);
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const prefix = slash === -1 ? String(bits) : subnet.slice(slash + 1);
  if (version === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) throw notASubnet(subnet);
  trusted.addSubnet(address, Number(prefix), version === 6 ? "ipv6" : "ipv4");
}

function notASubnet(entry: string): TypeError {
  const names = [...NAMED_SUBNETS.keys()].join(", ");
  return new TypeError(
    `trustProxy: ${JSON.stringify(entry)} is not an IP address, a subnet such as "10.0.0.0/8", or one of ${names}.`,
  );
}

/** Source: RFC 6890. */
const NAMED_SUBNETS: ReadonlyMap<string, readonly string[]> = new Map([
  ["loopback", ["127.0.0.0/8", "::1/128"]],
  ["linklocal", ["169.254.0.0/16", "fe80::/10"]],
  ["uniquelocal", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]],
]);
