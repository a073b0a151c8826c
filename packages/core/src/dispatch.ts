import { HTTPException, RedirectResponse, type Request, type Response } from "@madeleine/http";
import type { ErrorAnswers } from "./errors/error-answers.ts";
import type { Handle } from "./exchange.ts";
import type { RouteTable } from "./route-table.ts";

/** Answers a request whose path has no route for its method: 400, 404, 405, or the redirect to the other form of a trailing slash. */
export function compileUnmatched(table: RouteTable, errors: ErrorAnswers): Handle {
  return (exchange) => {
    try {
      return redirectUnmatched(exchange.request, table);
    } catch (error) {
      exchange.failure = { error };
      return errors.answer(error, exchange.origin);
    }
  };
}

/**
 * Gives the redirect to the other form of a trailing slash, where only that one has a route.
 *
 * Errors: HTTPException 400, 404, 405.
 */
function redirectUnmatched(request: Request, table: RouteTable): Response {
  const match = table.match(request);
  if (match.status === 400) throw new HTTPException(400, "Malformed percent-encoding in the path"); // PA-01
  if (match.status === 405) throw methodNotAllowed(match.allow);
  const other = table.trailingSlash === "redirect" ? otherForm(request.path) : undefined;
  const found = other === undefined ? match : table.match(request, other);
  if (found.status === 405) throw methodNotAllowed(found.allow);
  if (found.status !== 200) throw new HTTPException(404);
  // 307 keeps method and body. Relative: an absolute one would be built from Host, which the client chooses.
  const location = `${request.rootPath}${other!}`;
  return new RedirectResponse(request.search === "" ? location : `${location}?${request.search}`);
}

/** The path with its trailing slash taken off or put on; none for a path that begins like a host, for `//evil.com` as a Location would be one (HD-11). */
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
