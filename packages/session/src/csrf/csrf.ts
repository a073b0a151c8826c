import { dependency, type Dependency } from "@madeleine/di";
import { HTTPException, isMultipart, isUrlencoded, Request, Response } from "@madeleine/http";
import { judgeOrigin } from "./origin.ts";
import { giveSecret, nextSecretOf, readSecret, type BoundSession, type SessionCookieName } from "./secret.ts";
import { createToken, isToken } from "./token.ts";

export interface CsrfOptions {
  /** The kind of session that tokens are bound to. */
  readonly session?: SessionCookieName | undefined;
  /** Other origins whose pages may send: `["https://admin.example.com"]`. */
  readonly trustedOrigins?: readonly string[] | undefined;
}

/**
 * A guard against requests that other sites make in a visitor's name: 403 for what is not GET, HEAD, OPTIONS or TRACE and came
 * from a page of another origin. Where the browser does not say from where, it needs a token of {@link csrfToken} as soon as
 * cookies or a password of the browser's come with it.
 *
 * Shape:  `new App({ dependencies: [csrf({ session: LoginSession })] })`. The token comes in the field `csrf_token` of a form, or in
 *         the header `X-CSRF-Token`.
 * Source: OWASP, Cross-Site Request Forgery Prevention: Fetch Metadata, with signed double-submit tokens where there is none.
 * Errors: HTTPException 403; TypeError for a trusted origin that is none.
 */
export function csrf({ session, trustedOrigins = [] }: CsrfOptions = {}): Dependency<void> {
  const trusted = new Set(trustedOrigins.map(checkOrigin));
  const guard = async ({ request }: { request: Request }): Promise<void> => {
    if (safeMethods.has(request.method)) return;
    const judgement = judgeOrigin(request, trusted);
    if (judgement === "own" || (judgement === "unknown" && !hasCredentials(request))) return;
    const secret = readSecret(request, session);
    const token = await readToken(request);
    if (token !== undefined && secret !== undefined && isToken(token, secret)) return;
    throw new HTTPException(403, judgement === "foreign" ? foreign : tokenless);
  };
  return dependency({ request: Request }, guard, { name: "csrf" });
}

/**
 * The token for the forms of a page, which a {@link csrf} guard with the same session accepts until the session gets another id or
 * ends, with a later answer; one that the page's own answer begins or renews is meant: `<input type="hidden" name="csrf_token" value="…">`.
 */
export function csrfToken(session?: SessionCookieName): Dependency<string> {
  const bound: BoundSession | undefined = session;
  return dependency(
    { request: Request, response: Response },
    ({ request, response }) => {
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "private");
      return createToken(readSecret(request, bound) ?? giveSecret(request, response), bound?.[nextSecretOf]?.(request));
    },
    { name: "csrfToken" },
  );
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]); // RFC 9110 §9.2.1

const foreign = "This request came from another site, and was not made";
const tokenless = "This form needs a token. Load its page again and send it from there";

/** What a browser adds on its own. A bearer token is no such thing: a page has to know it. */
function hasCredentials({ headers }: Request): boolean {
  return headers.get("cookie") !== undefined || /^(?:basic|digest|negotiate|ntlm)\b/i.test(headers.get("authorization") ?? "");
}

async function readToken(request: Request): Promise<string | undefined> {
  const header = request.headers.get("x-csrf-token");
  if (header !== undefined) return header;
  const type = request.headers.get("content-type");
  if (type === undefined || !(isUrlencoded(type) || isMultipart(type))) return undefined;
  const field: unknown = (await request.form()).get("csrf_token");
  return typeof field === "string" ? field : undefined;
}

function checkOrigin(origin: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin.toLowerCase() && origin !== "null") return origin.toLowerCase();
  throw new TypeError(`csrf: ${JSON.stringify(origin)} is no origin. mend: "https://admin.example.com", without a path`);
}
