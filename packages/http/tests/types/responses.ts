import { html, HTMLResponse, HTTPException, JSONResponse, RedirectResponse, Response } from "../../src/index.ts";

declare const flag: boolean;
declare const user: Promise<string>;

// ---------- what fits
new Response("text", { status: 201, headers: { "x-a": "1" }, mediaType: "text/csv" });
new Response(new Uint8Array(), { headers: [["link", "</a>"]] });
new JSONResponse({ any: "value" }, { status: undefined });
new RedirectResponse("/x", 303, { external: true });
new HTMLResponse(html`<p>${flag && html`<b>${1}</b>`}${["a", null]}</p>`);
new HTTPException(404, { code: "gone" }, { "x-error": "1" });

// ---------- what does not
// @ts-expect-error a body is text, bytes or null
new Response({ a: 1 });
// @ts-expect-error a header is text
new Response("x", { headers: { age: 5 } });
// @ts-expect-error not the status of a redirect
new RedirectResponse("/x", 200);
// @ts-expect-error a forgotten await
void html`<p>${user}</p>`;
// @ts-expect-error an object has no text
void html`<p>${{ name: "x" }}</p>`;
// @ts-expect-error a status is a number
new HTTPException("404");
