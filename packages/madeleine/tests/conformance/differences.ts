import type { Expectation } from "./cases.ts";

/** Where we answer otherwise on purpose. */
interface Difference {
  /** The decision, and where it stands: a line of design §9, or of docs/coming-from-fastapi.md. */
  readonly reason: string;
  /** What we answer; absent where the case's own test says so. */
  readonly expect?: Expectation;
}

const relative = "§9: the redirect of a slash is relative (host header injection)";
const merged = "§9: cookies and headers of the injected response are kept, on returned responses and on errors";
const unsupported = "§9: a body of the wrong media type is 415 (RFC 9110 §15.5.16)";
const head = "§9: HEAD is answered where GET is, and Allow is the union (RFC 9110 §9.3.2, §15.5.6)";
const oneShape = 'docs: every error has one shape, `{"detail": …}`, an unhandled one and a plain 405 too';
const noContent = "docs: an answer without content has no content type (RFC 9110 §8.3)";
const guardsFirst = "docs: a guard reports its own 422 alone, one guard after the other";
const endsBefore = '§9: a generator ends before the response is sent; `until: "response"` on demand';
const sideBySide = "§9: independent dependencies run side by side: a and c, then b, which needs a";
const compact = "docs: JSON is written without white space, also in lines and events";
const inputsFirst = "§9: all inputs are checked before any dependency runs";
const badRange = "§9: a Range that is malformed is ignored or 416 (RFC 9110 §14)";

const dep = { name: "dep", value: "1", attributes: { path: "/", samesite: "lax" } } as const;

/** The deliberate differences by case. That the recorded answer is not given is asserted as well. */
export const differences: Readonly<Record<string, Difference>> = {
  "path-int-big": {
    reason: "docs: an integer beyond 2^53 is int_parsing_size, or z.bigint(): an id must not become its neighbour",
    expect: { status: 422, match: "problems", json: { detail: [{ type: "int_parsing_size", loc: ["path", "item_id"] }] } },
  },
  "path-dup-first-wins": { reason: "§9: a duplicate is a boot error (order is not a contract)" },
  "path-trailing-slash": { reason: relative, expect: { status: 307, headers: { location: "/p/a" }, text: "" } },
  "cookie-param-slash-redirect": { reason: relative, expect: { status: 307, headers: { location: "/items/" }, text: "" } },
  "model-extra-cookie-last-wins": {
    reason: "§9: the first of two equal cookies wins (RFC 6265 §5.4)",
    expect: { status: 200, json: { param: "123", param2: "456" } },
  },
  "cookie-parse-02": {
    reason: "docs: a pair without a name is no cookie, and is passed over (RFC 6265 §4.2.1)",
    expect: { status: 200, json: { cookies: { keebler: '"E=mc2', L: '\\"Loves\\"', fudge: "\\012" } } },
  },
  "cookie-parse-percent-not-decoded": {
    reason: "§9: cookie values are percent-decoded",
    expect: { status: 200, json: { cookies: { a: " x=" } } },
  },

  "cookie-set-samesite-none-string": {
    reason: "§9: SameSite=None without Secure is refused (browsers drop it in silence)",
    expect: { status: 500, json: { detail: "Internal Server Error" }, set_cookie: [] },
  },
  "cookie-set-set-then-delete": {
    reason: "design §5: of two cookies with the same name, domain, path and partition the later one is sent, once",
    expect: {
      status: 200,
      set_cookie: [
        { name: "a", value: "", attributes: { path: "/", samesite: "lax", "max-age": "0", expires: "<now, IMF-fixdate>" } },
      ],
    },
  },
  "cookie-merge-dep-direct-response": {
    reason: merged,
    expect: { status: 200, headers: { "x-dep": "yes" }, set_cookie: [dep], json: { ok: true } },
  },
  "cookie-merge-dep-then-httpexception": {
    reason: merged,
    expect: { status: 418, headers: { "x-dep": "yes" }, set_cookie: [dep], json: { detail: "teapot" } },
  },

  "body-numeric-string": {
    reason: 'docs: `"50.5"` in JSON is no number (JSON has types)',
    expect: { status: 422, match: "problems", json: { detail: [{ type: "float_type", loc: ["body", "price"] }] } },
  },
  "body-form-instead": { reason: unsupported, expect: { status: 415 } },
  "body-no-content-type": { reason: unsupported, expect: { status: 415 } },
  "body-not-really-json": { reason: unsupported, expect: { status: 415 } },
  "form-json-instead": { reason: unsupported, expect: { status: 415 } },

  "respmodel-invalid-500": { reason: oneShape, expect: { status: 500, json: { detail: "Internal Server Error" } } },
  "respmodel-nan": { reason: oneShape, expect: { status: 500, json: { detail: "Internal Server Error" } } },
  "status-204-none": { reason: noContent, expect: { status: 204, headers_absent: ["content-type", "content-length"], text: "" } },
  "status-204-value": {
    reason: noContent,
    expect: { status: 204, headers_absent: ["content-type", "content-length"], text: "" },
  },
  "status-304": { reason: noContent, expect: { status: 304, headers_absent: ["content-type"], text: "" } },

  "redir-keeps-query": { reason: relative, expect: { status: 307, headers: { location: "/items/?a=1&b=2" }, text: "" } },
  "redir-post-307": { reason: relative, expect: { status: 307, headers: { location: "/p/" }, text: "" } },
  "redir-wrong-method-still-redirects": {
    reason: "§9: a wrong method is 405 first, and not redirected",
    expect: { status: 405, headers: { allow: "GET, HEAD" }, json: { detail: "Method Not Allowed" } },
  },
  "method-405": { reason: head, expect: { status: 405, headers: { allow: "GET, HEAD" } } },
  "method-options-not-automatic": { reason: head, expect: { status: 405, headers: { allow: "GET, HEAD" } } },
  "method-unknown-method": { reason: head, expect: { status: 405, headers: { allow: "GET, HEAD" } } },
  "method-starlette-405": {
    reason: oneShape,
    expect: { status: 405, headers: { allow: "GET, HEAD" }, json: { detail: "Method Not Allowed" } },
  },

  "form-optfile-empty-name": {
    reason: "docs: a file input that was left empty is no file",
    expect: { status: 200, json: { file: null } },
  },

  "jsonl-untyped": {
    reason: compact,
    expect: {
      status: 200,
      headers: { "content-type": "application/jsonl" },
      text: [
        '{"name":"Plumbus","description":"A multi-purpose household device."}\n',
        '{"name":"Portal Gun","description":"A portal opening device."}\n',
        '{"name":"Meeseeks Box","description":"A box that summons a Meeseeks."}\n',
      ].join(""),
    },
  },
  "sse-events": {
    reason: compact,
    expect: {
      status: 200,
      headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache", "x-accel-buffering": "no" },
      text: [
        'event: greeting\ndata: "hello"\nid: 1\n\n',
        'event: json-data\ndata: {"key":"value"}\nid: 2\n\n',
        ": just a comment\n\n",
        'data: "retry-test"\nretry: 5000\n\n',
      ].join(""),
    },
  },
  "sse-post": { reason: compact, expect: { status: 200, text: 'data: {"a":1}\n\n' } },

  "mount-no-slash": { reason: relative, expect: { status: 307, headers: { location: "/subapi/" }, text: "" } },

  "file-range-reversed": { reason: badRange, expect: { status: 200, body_length: 526 } },
  "file-range-bad-unit": { reason: badRange, expect: { status: 200, body_length: 526 } },
  "file-range-malformed": { reason: badRange, expect: { status: 200, body_length: 526 } },
  "file-missing": { reason: oneShape, expect: { status: 500, json: { detail: "Internal Server Error" } } },

  "dep-deco-missing": {
    reason: guardsFirst,
    expect: { status: 422, match: "problems", json: { detail: [{ type: "missing", loc: ["header", "x-token"] }] } },
  },
  "dep-app-level": {
    reason: guardsFirst,
    expect: { status: 422, match: "problems", json: { detail: [{ type: "missing", loc: ["header", "x-token"] }] } },
  },
  "dep-yield-swallow": {
    reason: "docs: a generator that swallows the error does not hide it: the original error answers",
    expect: { status: 500, json: { detail: "Internal Server Error" } },
  },
  "dep-yield-reraise": { reason: oneShape, expect: { status: 500, json: { detail: "Internal Server Error" } } },
  "dep-order-ok": {
    reason: `${endsBefore}; ${sideBySide}`,
    expect: { status: 200, json: { ok: 1 }, log_order: ["a+", "c+", "b+", "handler", "b-", "c-", "a-", "bg"] },
  },
  "dep-order-error": {
    reason: `${sideBySide}; ${oneShape}`,
    expect: {
      status: 500,
      json: { detail: "Internal Server Error" },
      log_order: ["a+", "c+", "b+", "handler", "b!RuntimeError", "b-", "c!RuntimeError", "c-", "a!RuntimeError", "a-"],
    },
  },
  "dep-order-http": {
    reason: sideBySide,
    expect: {
      status: 404,
      json: { detail: "nf" },
      log_order: ["a+", "c+", "b+", "handler", "b!HTTPException", "b-", "c!HTTPException", "c-", "a!HTTPException", "a-"],
    },
  },
  "dep-order-422": {
    reason: inputsFirst,
    expect: { status: 422, match: "problems", json: { detail: [{ type: "int_parsing", loc: ["query", "q"] }] }, log_order: [] },
  },
  "dep-order-stream": {
    reason: endsBefore,
    expect: { status: 200, text: "x", log_order: ["a+", "b+", "b-", "a-", "chunk"] },
  },
  "dep-order-serialization-error": {
    reason: oneShape,
    expect: {
      status: 500,
      json: { detail: "Internal Server Error" },
      log_order: ["a+", "handler", "a!ResponseValidationError", "a-"],
    },
  },

  "bg-http-exception": {
    reason: "docs: background tasks run also when the handler throws an HTTPException: it is an answer like any other",
    expect: { status: 400, json: { detail: "x" }, log_order: ["bg"] },
  },
  "lifespan-order": {
    reason:
      "docs: a lifespan yields no state; what lives as long as the application is an app-scoped dependency, which has a type",
  },
};
