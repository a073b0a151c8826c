import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type HtmlValue, html, unsafeHtml } from "../../src/responses/html-template.ts";
import { HTMLResponse } from "../../src/responses/html.ts";

test("values are escaped in text and attributes", () => {
  const name = `<script>"&'`;
  assert.is(
    String(html`<p title="${name}">${name}</p>`),
    '<p title="&lt;script&gt;&quot;&amp;&#39;">&lt;script&gt;&quot;&amp;&#39;</p>',
  );
});

test("no value ends the text or the attribute that it stands in", () => {
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(html`${text}`.text)));
});

test("nested html is not escaped twice, and the items of a list follow each other", () => {
  const items = ["a", "<b>"];
  assert.is(html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`.text, "<ul><li>a</li><li>&lt;b&gt;</li></ul>");
});

test("null, undefined and false are nothing; zero and true are text", () => {
  assert.is(html`[${null}${undefined}${false}${[]}${0}${true}${5n}]`.text, "[0true5]");
});

test("unsafeHtml is taken as it is", () => {
  assert.is(html`<p>${unsafeHtml("<b>x</b>")}</p>`.text, "<p><b>x</b></p>");
});

test("what has no text is refused: a promise without await is not [object Promise]", () => {
  for (const value of [Promise.resolve(1), { a: 1 }, new Map(), () => 1, Symbol("a"), Object.create(null)]) {
    assert.throws(() => html`${value as HtmlValue}`, /has no text\. mend: await it/);
  }
});

test("a page is text/html, of text or of the tag (conformance resp-html)", () => {
  assert.is(new HTMLResponse("<h1>Hi</h1>").contentType, "text/html; charset=utf-8");
  assert.is(new HTMLResponse(html`<h1>${"<"}</h1>`, { status: 201 }).body, "<h1>&lt;</h1>");
});

test.run();
