// The types use zod/v4/core, so that schemas of zod/mini are schemas.
import { App, Body, Controller, Cookie, Get, Path, Post, Query, type Response, defineCookie, dependency } from "madeleine";
import * as z from "zod/mini";

const Item = z.object({ id: z.number(), name: z.optional(z.string()) });
type Item = z.infer<typeof Item>;
const Theme = defineCookie("theme", z._default(z.enum(["light", "dark"]), "light"));
const page = dependency({ skip: Query(z._default(z.number(), 0)) }, ({ skip }) => skip);
const app = new App();
app.get("/:id", { response: Item }, { id: Path(z.number()) }, ({ id }) => ({ id, extra: 1 }));

@Controller()
class Mini {
  @Get("/1", { response: Item }) a(@Query(z.optional(z.number())) n = 3, @Query(z._default(z.number(), 3)) m: number) { return { id: n + m }; }
  @Post("/2") b(@Body(Item) item: Item, @Cookie(Theme) theme: "light" | "dark", @page() skip: number) { return { item, theme, skip }; }
  @Get("/3") c(@Query(z.array(z.string())) tags: string[], @Query(z.nullable(z.iso.date())) day: string | null) { return { tags, day }; }
  // @ts-expect-error a number into a string
  @Get("/4") d(@Query(z.number()) n: string) {}
  // @ts-expect-error a missing value is 422
  @Get("/5") e(@Query(z.number()) n = 3) {}
  // @ts-expect-error it may be missing
  @Get("/6") f(@Query(z.optional(z.number())) n: number) {}
  // @ts-expect-error a field of another type
  @Get("/7", { response: Item }) g() { return { id: "x" }; }
  // @ts-expect-error a missing field
  @Post("/8") h(@Body(Item) item: { id: number; name: string }) {}
}
declare const response: Response;
response.setCookie(Theme, "dark");
// @ts-expect-error no such theme
response.setCookie(Theme, "blue");
export { Mini };
