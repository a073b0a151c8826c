import type { Exchange } from "../exchange.ts";
import type { ReachedRoute } from "./hidden-routes.ts";
import type { Response } from "@madeleine/http";

/** An application, as the one that it is mounted in sees it. */
export interface Mountable {
  boot(): Promise<void>;
  close(): Promise<void>;
  /** Answers under a path of the request of another application. What lives until the last byte is left in that one's exchange. */
  respond(exchange: Exchange, rootPath: string): Promise<Response>;
  /** What it answers itself, and in the applications that are mounted in it; once it has booted. */
  reached(): readonly ReachedRoute[];
  /** The applications that are mounted in it. */
  mounted(): readonly Mountable[];
}

const mountables = new WeakMap<object, Mountable>();

export function registerMountable(app: object, mountable: Mountable): void {
  mountables.set(app, mountable);
}

/** Undefined for what is no application of ours. */
export function mountableOf(target: object): Mountable | undefined {
  return mountables.get(target);
}

/** Whether an application is mounted in itself, directly or through others: a request would have no end. */
export function isMountedInItself(app: Mountable): boolean {
  const seen = new Set<Mountable>();
  const visit = (one: Mountable): boolean =>
    one.mounted().some((inner) => inner === app || (!seen.has(inner) && visit(seen.add(inner) && inner)));
  return visit(app);
}
