import { HTTPException, nodeHttp, Request } from "@madeleine/http";
import type { Exchange } from "../exchange.ts";
import { toSource } from "../parameters/source.ts";
import { everyMethod, inherit, joinPath, mountedPath, type Inherited, type RouteDefinition } from "../routes/route-definition.ts";
import type { Mounted } from "../routes/router.ts";
import { answerByFetch } from "./fetch-answer.ts";
import { mountableOf } from "./mountable.ts";
import type { FetchTarget, MountTarget, NodeTarget } from "./mount.ts";
import { answerByNode } from "./node-answer.ts";
import { splitRootPath } from "./root-path.ts";

/** The whole exchange: what is mounted answers it, and not one of its values. */
const exchangeSource = toSource<Exchange>({ in: "given", name: Request.name, give: (exchange) => exchange });

/** A mount is one route for all methods, with a catch-all that nothing decodes. */
export function defineMount({ path, target, place }: Mounted, outer: Inherited): RouteDefinition {
  const { prefix, ...group } = inherit(outer, { prefix: path });
  const depth = prefix === "/" || prefix === "" ? 0 : prefix.split("/").length - 1;
  const label = `mount ${JSON.stringify(prefix || "/")}`;
  const answer = answerOf(target);
  return {
    ...group,
    method: everyMethod,
    path: joinPath(prefix, mountedPath),
    label,
    name: undefined,
    place,
    options: {},
    mounted: mountableOf(target),
    asked: [{ need: exchangeSource, where: label }],
    bind:
      ([slot]) =>
      (values) => {
        const exchange = values[slot!] as Exchange;
        return answer(exchange, splitRootPath(exchange.request.path, depth));
      },
  };
}

function answerOf(target: MountTarget): (exchange: Exchange, rootPath: string) => unknown {
  const app = mountableOf(target);
  if (app !== undefined) return (exchange, rootPath) => app.respond(exchange, rootPath);
  return ({ request }, rootPath) => {
    if (request.method === "TRACE") throw new HTTPException(405, undefined, { allow });
    const inner = request.under(rootPath);
    return "fetch" in target ? answerByFetch(target as FetchTarget, inner) : answerByNode(target as NodeTarget, inner);
  };
}

// Of a stranger's handler nobody knows what it echoes: cookies that a script cannot read, for one (RFC 9110 §9.3.8).
const allow = nodeHttp.METHODS.filter((method) => method !== "CONNECT" && method !== "TRACE").join(", ");
