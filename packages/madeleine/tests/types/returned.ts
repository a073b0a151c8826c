// What a route may return, with and without a schema: design sections 3 and 6.
import { Body, Controller, Get, HTMLResponse, HTTPException, JSONResponse, Post, Query, RedirectResponse, Response, html } from "madeleine";
import { z } from "zod";

interface User { name: string }
interface Tree { value: number; children: Tree[]; parent?: Tree }
interface Deep { left?: Deep; right?: Deep; data: { node: Deep; more: { node: Deep[] } } }
interface Indexed { [key: string]: unknown }
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Shape = { kind: "circle"; radius: number } | { kind: "square"; side: number };
class Entity { id = 1; created = new Date(); tags: string[] = []; parent?: Entity; private secret = 1; save() { return this.secret; } get label() { return "x"; } }
class Money { constructor(private readonly cents: bigint) {} toJSON() { return String(this.cents); } }
interface Rows<T> { then(ok: (rows: T) => unknown): void; where(id: number): Rows<T> }
declare const rows: Rows<User[]>;
declare const find: () => Promise<User>;
const Item = z.object({ id: z.number(), name: z.string().optional(), at: z.date().optional() });
const Recursive = z.object({ value: z.number(), get children() { return z.array(Recursive); } });

@Controller()
class Right {
  @Get("/1") nothing() {}
  @Get("/2") async later() {}
  @Get("/3") empty(): void | undefined {}
  @Get("/4") never(): never { throw new HTTPException(404); }
  @Get("/5") scalar(): string | null { return null; }
  @Get("/6") optional(): { a?: number; b?: User | undefined; greet?: () => string } { return {}; }
  @Post("/7") parsed(@Body(Item) item: z.infer<typeof Item>) { return item; }
  @Get("/8") entity() { return new Entity(); }
  @Get("/9") entities(): Entity[] | Promise<Entity[]> { return []; }
  @Get("/10") tree(): Tree { return { value: 1, children: [] }; }
  @Get("/11") deep(): Deep | null { return null; }
  @Get("/12") json(): Json { return null; }
  @Get("/13") indexed(): Indexed { return {}; }
  @Get("/14") record(): Record<string, User[]> { return {}; }
  @Get("/15") shape(): Shape { return { kind: "circle", radius: 1 }; }
  @Get("/16") partial(): Partial<Readonly<Omit<Entity, "save">>> { return {}; }
  @Get("/17") speaking() { return { at: new Date(), url: new URL("http://x"), money: new Money(1n), bytes: Buffer.from("x") }; }
  @Get("/18") response() { return new JSONResponse({ a: 1n }); }
  @Get("/19") markup(): HTMLResponse { return new HTMLResponse(html`<p>x</p>`); }
  @Get("/20") either(): User | RedirectResponse { return new RedirectResponse("/"); }
  @Get("/21") async web(): Promise<User | globalThis.Response> { return new globalThis.Response("x"); }
  @Get("/22") fetched() { return fetch("http://x"); }
  @Get("/23") unknown(): unknown { return 1; }
  @Get("/24") any(): any { return 1; }
  @Get("/25") anyInside(): { data: any; rest: unknown }[] { return []; }
  @Get("/26") self(): this { return this; }
  @Get("/27") tuple() { return [1, "x"] as const; }
  @Get("/28") object(): object { return {}; }
  @Get("/29") undefinedInside() { return { a: undefined, b: null }; }
  @Get("/30") intersection(): { a: string } & { b: number } { return { a: "", b: 1 }; }
  @Get("/31") errorLike() { return { name: "a", message: "b" }; }
}

@Controller()
class RightModels {
  @Get("/1", { response: Item }) extra() { return { id: 1, password: "filtered" }; }
  @Get("/2", { response: Item, status: 201 }) async created() { return { id: 1, at: new Date() }; }
  @Get("/3", { response: Item }) either(): { id: number } | RedirectResponse { return { id: 1 }; }
  @Get("/4", { response: Item.nullable() }) nullable() { return Math.random() > 0.5 ? { id: 1 } : null; }
  @Get("/5", { response: z.array(Item) }) list(): readonly { id: number }[] { return [{ id: 1 }]; }
  @Get("/6", { response: z.array(Item) }) async frozen() { return Object.freeze([{ id: 1 }]); }
  @Get("/7", { response: z.object({ kind: z.literal("a"), pair: z.tuple([z.number(), z.string()]), rows: z.array(z.object({ x: z.array(z.number()) })) }) })
  constant() { return { kind: "a", pair: [1, "x"], rows: [{ x: [1] }] } as const; }
  @Get("/8", { response: z.object({ n: z.number().default(1) }) }) defaulted() { return {}; }
  @Get("/9", { response: Recursive }) recursive(): Tree { return { value: 1, children: [] }; }
  @Get("/10", { response: z.object({ at: z.date(), map: z.map(z.string(), z.number()) }) }) rich() { return { at: new Date(), map: new Map([["a", 1]]) }; }
  @Get("/11", { response: z.unknown() }) unknown() { return 1; }
  @Get("/12", { response: z.any() }) anything() { return 1; }
  @Get("/13", { response: Item }) any(): any { return 1; }
  @Get("/14", { response: z.discriminatedUnion("t", [z.object({ t: z.literal("a"), a: z.number() }), z.object({ t: z.literal("b"), b: z.string() })]) })
  union(): { t: "a"; a: number } | { t: "b"; b: string } { return { t: "a", a: 1 }; }
  @Get("/15", { status: 204 }) nothing() {}
  @Get("/16", { status: 204 }) async nil() { return null; }
  @Get("/17", { status: 304 }) own(): Response | undefined { return undefined; }
  @Get("/18", { response: z.json() }) json(): Json { return null; }
}

@Controller()
class Wrong {
  // @ts-expect-error a forgotten await
  @Get("/1") a() { return { user: find() }; }
  // @ts-expect-error a forgotten await in an async method
  @Get("/2") async b() { return { user: find() }; }
  // @ts-expect-error a list of promises
  @Get("/3") c() { return [1, 2].map(async (id) => id); }
  // @ts-expect-error a promise in an optional field
  @Get("/4") d(): { user?: Promise<User> } { return {}; }
  // @ts-expect-error a query builder that was never run
  @Get("/5") e() { return { users: rows }; }
  // @ts-expect-error a bigint, three levels down
  @Get("/6") f() { return { a: { b: { c: 1n } } }; }
  // @ts-expect-error a bigint in one member of a union
  @Get("/7") g(): User | bigint { return 1n; }
  // @ts-expect-error a bigint under any key
  @Get("/8") h(): Record<string, bigint> { return {}; }
  // @ts-expect-error a Map
  @Get("/9") i() { return { rows: new Map<string, number>() }; }
  // @ts-expect-error a Map in one member of a union
  @Get("/10") j(): Map<string, number> | string { return ""; }
  // @ts-expect-error a Set in a list
  @Get("/11") k() { return { a: [{ b: new Set<string>() }] }; }
  // @ts-expect-error a readonly Set
  @Get("/12") l(): ReadonlySet<string> { return new Set(); }
  // @ts-expect-error a Map in a tuple
  @Get("/13") m(): [number, Map<1, 1>] { return [1, new Map()]; }
  // @ts-expect-error a symbol
  @Get("/14") n() { return Symbol("x"); }
  // @ts-expect-error a function
  @Get("/15") o() { return () => 1; }
  // @ts-expect-error an iterator, which is used up and has no fields
  @Get("/16") p() { return new Map([[1, 1]]).values(); }
  // @ts-expect-error a generator
  @Get("/17") *q() { yield 1; }
  // @ts-expect-error a regular expression
  @Get("/18") r() { return { pattern: /x/ }; }
}

@Controller()
class WrongModels {
  // @ts-expect-error a field of another type
  @Get("/1", { response: Item }) a() { return { id: "x" }; }
  // @ts-expect-error a list for one
  @Get("/2", { response: Item }) async b() { return [{ id: 1 }]; }
  // @ts-expect-error one for a list
  @Get("/3", { response: z.array(Item) }) c() { return { id: 1 }; }
  // @ts-expect-error nothing
  @Get("/4", { response: Item }) d() {}
  // @ts-expect-error nothing, asynchronously
  @Get("/5", { response: Item }) async e() {}
  // @ts-expect-error a redirect that was not returned
  @Get("/6", { response: Item }) f() { const redirect = new RedirectResponse("/"); redirect.setCookie("a", "b"); }
  // @ts-expect-error sometimes nothing
  @Get("/7", { response: Item }) g(): { id: number } | undefined { return undefined; }
  // @ts-expect-error unknown was not checked
  @Get("/8", { response: Item }) h(): unknown { return { id: 1 }; }
  // @ts-expect-error a Date where text is declared
  @Get("/9", { response: z.object({ at: z.string() }) }) i() { return { at: new Date() }; }
  // @ts-expect-error a bigint where a number is declared
  @Get("/10", { response: z.object({ n: z.number() }) }) j() { return { n: 1n }; }
  // @ts-expect-error a forgotten await
  @Get("/11", { response: z.object({ user: z.object({ name: z.string() }) }) }) k() { return { user: find() }; }
  // @ts-expect-error a list of another type
  @Get("/12", { response: z.object({ list: z.array(z.number()) }) }) l() { return { list: ["x"] }; }
  // @ts-expect-error a missing field
  @Get("/13", { response: z.object({ a: z.number(), b: z.number() }) }) m() { return { a: 1 }; }
  // @ts-expect-error 204 has no body
  @Get("/14", { status: 204 }) n() { return { id: 1 }; }
  // @ts-expect-error 304 has no body
  @Get("/15", { status: 304 }) async o() { return "x"; }
  // @ts-expect-error 204 has no body, whatever the schema
  @Get("/16", { status: 204, response: Item }) p(@Query() q?: string) { return { id: 1 }; }
}

export { Right, RightModels, Wrong, WrongModels };
