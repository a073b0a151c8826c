// Uploads, models, raw bodies, streams and replies by status, as the compiler checks them: design sections 3 and 6.
import { App, Body, Controller, EventStream, Form, Get, html, JSONLines, JSONLinesBody, Model, Post, Query, RawBody, reply, ServerSentEvent, TextBody, Upload, UploadStream, type UploadedFile } from "madeleine";
import { z } from "zod";

class Item extends Model(z.object({ name: z.string(), price: z.number().default(1) })) {
  label() { return this.name; }
}
const Problem = z.object({ reason: z.string() });
const Delta = z.object({ text: z.string() });

@Controller()
class Right {
  @Post("/1") one(@Upload() file: UploadedFile, @Form("note", z.string()) note: string) { return [file.size, note]; }
  @Post("/2") optional(@Upload({ optional: true }) file: UploadedFile | undefined) { return file?.size ?? null; }
  @Post("/3") many(@Upload("files", { many: true, maxFiles: 5, maxBytes: 100 }) files: UploadedFile[]) { return files.length; }
  @Post("/4") stream(parts: UploadStream) { return typeof parts; }
  @Post("/5") raw(@RawBody() bytes: Buffer, @TextBody() text: string) { return bytes.length + text.length; }
  @Post("/6") lines(@JSONLinesBody(Item) rows: AsyncIterable<Item>) { return typeof rows; }
  @Post("/7") model(@Body(Item) item: Item) { return item.label(); }
  @Post("/8") models(@Body(z.array(Item.schema())) items: Item[]) { return items.map((item) => item.label()); }
  @Post("/9") nested(@Body(z.object({ item: Item })) order: { item: { name: string; price: number } }) { return order; }
  @Get("/10", { response: Item }) out() { return { name: "tea", secret: 1 }; }
  @Get("/11", { response: z.array(Item) }) list(): Item[] { return []; }
  @Get("/12") query(@Query(Item) item: Item) { return item.label(); }
  @Get("/13", { response: EventStream(Delta) }) async *events() { yield { text: "a" }; yield new ServerSentEvent({ data: { text: "b" }, id: "1" }); }
  @Get("/14", { response: JSONLines(Delta) }) async *rows() { yield { text: "a", more: 1 }; }
  @Get("/15", { response: JSONLines(Delta) }) *syncRows() { yield { text: "a" }; }
  @Get("/16", { responses: { 200: Item, 404: Problem } }) either() { return Math.random() > 0.5 ? reply(404, { reason: "x" }) : { name: "tea" }; }
  @Get("/17", { status: 201, responses: { 201: Item } }) created() { return { name: "tea" }; }
  @Get("/18", { response: Item, responses: { 404: Problem } }) async late() { return Math.random() > 0.5 ? reply(404, { reason: "x" }) : { name: "tea" }; }
  @Get("/19") page() { return html`<p></p>`; }
  @Get("/20", { response: Item }) typedPage() { return Math.random() > 0.5 ? html`<p></p>` : { name: "tea" }; }
  @Get("/21") bytes() { return new Blob(["x"]).stream(); }
  @Get("/22", { response: EventStream(Delta) }) refused() { return new globalThis.Response(null, { status: 204 }); }
}

@Controller()
class Wrong {
  // @ts-expect-error the file may be absent
  @Post("/1") optional(@Upload({ optional: true }) file: UploadedFile) { return file.size; }
  // @ts-expect-error a list is given
  @Post("/2") many(@Upload({ many: true }) file: UploadedFile) { return file.size; }
  // @ts-expect-error one file is given
  @Post("/3") one(@Upload() files: UploadedFile[]) { return files.length; }
  // @ts-expect-error a file is no text
  @Post("/4") text(@Upload() file: string) { return file; }
  // @ts-expect-error bytes are no text
  @Post("/5") raw(@RawBody() body: string) { return body; }
  // @ts-expect-error the lines have another type
  @Post("/6") lines(@JSONLinesBody(Delta) rows: AsyncIterable<Item>) { return typeof rows; }
  // @ts-expect-error nested in a schema a model gives its values, and schema() its instances
  @Post("/7") nested(@Body(z.array(Item)) items: Item[]) { return items.length; }
  // @ts-expect-error a field is missing
  @Get("/8", { response: Item }) out() { return { price: 1 }; }
  // @ts-expect-error an event stream that returns a list (row 47)
  @Get("/9", { response: EventStream(Delta) }) list() { return [{ text: "a" }]; }
  // @ts-expect-error the items do not fit
  @Get("/10", { response: EventStream(Delta) }) async *items() { yield { text: 1 }; }
  // @ts-expect-error one of the items does not fit
  @Get("/11", { response: JSONLines(Delta) }) async *some() { yield { text: "a" }; yield "b"; }
  // @ts-expect-error a value is no stream
  @Get("/12", { response: JSONLines(Delta) }) value() { return { text: "a" }; }
  // @ts-expect-error what is streamed is not said
  @Get("/13") async *untyped() { yield 1; }
  // @ts-expect-error 409 is not declared
  @Get("/14", { responses: { 404: Problem } }) status() { return reply(409, { reason: "x" }); }
  // @ts-expect-error the value does not fit its status
  @Get("/15", { responses: { 404: Problem } }) body() { return reply(404, { reason: 1 }); }
  // @ts-expect-error the route declares no responses
  @Get("/16") undeclared() { return reply(404, { reason: "x" }); }
  // @ts-expect-error the plain value does not fit the schema of 200
  @Get("/17", { responses: { 200: Item, 404: Problem } }) plain() { return Math.random() > 0.5 ? reply(404, { reason: "x" }) : { nme: "tea" }; }
  // @ts-expect-error the plain value does not fit the schema of its status
  @Get("/18", { status: 201, responses: { 201: Item } }) created() { return { price: 1 }; }
}

const app = new App();
app.post("/1", { file: Upload(), note: Form() }, ({ file, note }) => [file.size, note ?? null]);
app.post("/2", { item: Body(Item) }, ({ item }) => item.label());
app.get("/3", { response: EventStream(Delta) }, {}, async function* () { yield { text: "a" }; });
app.get("/4", { responses: { 200: Item, 404: Problem } }, {}, () => Math.random() > 0.5 ? reply(404, { reason: "x" }) : { name: "tea" });
app.get("/5", () => html`<p></p>`);
// @ts-expect-error an event stream that returns a list (row 47)
app.get("/6", { response: EventStream(Delta) }, {}, () => [{ text: "a" }]);
// @ts-expect-error the items do not fit
app.get("/7", { response: EventStream(Delta) }, {}, async function* () { yield { text: 1 }; });
// @ts-expect-error 409 is not declared
app.get("/8", { responses: { 404: Problem } }, {}, () => reply(409, { reason: "x" }));
// @ts-expect-error the value does not fit its status
app.get("/9", { responses: { 404: Problem } }, {}, () => reply(404, { reason: 1 }));
// @ts-expect-error what is streamed is not said
app.get("/10", async function* () { yield 1; });

export { Right, Wrong };
