import { HTTPException, RedirectResponse, type Response } from "@madeleine/http";
import type { Match, RouteTree } from "@madeleine/router";
import type { Route } from "./boot.ts";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import type { Exchange } from "./exchange.ts";

/** Answers a request whose path has no route for its method: 400, 404, 405, or the redirect to the other form of a trailing slash. */
export async function answerUnmatched(
  match: Match<Route>,
  exchange: Exchange,
  tree: RouteTree<Route>,
  errors: ErrorAnswers,
): Promise<Response> {
  const { request } = exchange;
  if (match.status === 400)
    return errors.answer(new HTTPException(400, "Malformed percent-encoding in the path"), { request, route: undefined });
  if (match.status === 405) return errors.answer(methodNotAllowed(match.allow), { request, route: undefined });
  const other = otherForm(request.path);
  const found = other === undefined ? match : tree.match(request.method, other);
  if (found.status === 405) return errors.answer(methodNotAllowed(found.allow), { request, route: undefined });
  if (found.status !== 200) return errors.answer(new HTTPException(404), { request, route: undefined });
  // 307 keeps method and body. Relative: an absolute one would be built from Host, which the client chooses.
  return new RedirectResponse(request.search === "" ? other! : `${other}?${request.search}`);
}

/** The path with its trailing slash taken off or put on; none for a path that begins like a host, for `//evil.com` as a Location would be one. */
function otherForm(path: string): string | undefined {
  if (path === "/" || /^\/[/\\]/.test(path)) return undefined;
  return path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
}

/** RFC 9110 §15.5.6: `Allow` names every method of the resource; whatever answers GET answers HEAD (§9.3.2). */
function methodNotAllowed(methods: readonly string[]): HTTPException {
  const allow = new Set(methods);
  if (allow.has("GET")) allow.add("HEAD");
  return new HTTPException(405, undefined, { allow: [...allow].join(", ") });
}
