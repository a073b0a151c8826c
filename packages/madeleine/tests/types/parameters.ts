// What a parameter's declared type may be, for each decorator: design section 3.
import { Body, Controller, Cookie, Depends, Form, Get, Header, Path, Post, Query, type Request, later, dependency } from "madeleine";
import { z } from "zod";

interface User { name: string }
class Pool { private readonly size = 1; read() { return this.size; } }
class Cache { private readonly hits = 1; read() { return this.hits; } }
class Empty {}
class AlsoEmpty {}
const Id = z.string().brand<"Id">();
type Id = z.infer<typeof Id>;
const Item = z.object({ id: z.number(), name: z.string().optional() });
type Item = z.infer<typeof Item>;
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
const JsonSchema: z.ZodType<Json> = z.json();

const CurrentUser = dependency({ sid: Cookie("sid") }, async ({ sid }): Promise<User | undefined> => (sid ? { name: sid } : undefined));
const Tx = dependency({ pool: Pool }, async function* ({ pool }) { yield pool; });
const Untyped = dependency({}, (): any => JSON.parse("{}"));

@Controller()
class Right {
  constructor(
    pool: Pool,
    @Query() private readonly q: string | undefined,
    @Query(z.number().default(1)) public readonly size: number,
    @CurrentUser() protected readonly user?: User,
  ) {}

  @Get("/1") text(@Query() a: string | undefined, @Header() userAgent?: string, @Cookie("__Host-sid") c?: string) {}
  @Get("/2") defaults(@Query() q = "x", @Query(z.number().optional()) n = 3, @Query(z.number().default(3)) m: number) {}
  @Get("/3") wider(@Query(z.enum(["a", "b"])) a: string, @Query(z.number()) b: number | string, @Query() c: unknown, @Query(z.string()) d: unknown) {}
  @Get("/4") branded(@Query(Id) id: Id, @Query(Id) text: string) {}
  @Get("/5") nullable(@Query(z.number().nullable()) a: number | null, @Query(z.string().nullish()) b?: string | null) {}
  @Get("/6") unions(@Query(z.union([z.number(), z.literal("all")])) a: number | "all", @Query(z.enum(["x", "y"]).optional()) b?: "x" | "y") {}
  @Get("/7") lists(@Query(z.array(z.string())) a: string[], @Query(z.array(z.number())) b: readonly number[], @Query(z.set(z.string())) c: Set<string>) {}
  @Get("/8") models(@Query(z.object({ a: z.number().optional() })) a: { a?: number | undefined }, @Header(z.strictObject({ host: z.string() })) b: { host: string }) {}
  @Get("/9") converted(@Query(z.string().transform((s) => s.length)) a: number, @Query(z.coerce.number()) b: number, @Query(z.stringbool()) c: boolean) {}
  @Get("/10") kinds(@Query(z.date()) a: Date, @Query(z.bigint()) b: bigint, @Path(z.uuid()) c: string) {}
  @Post("/11") bodies(@Body("item", Item) item: Item, @Body("json", JsonSchema) json: Json, @Body("any", z.any()) any: unknown, @Body("record", z.record(z.string(), z.unknown())) record: Record<string, unknown>) {}
  @Post("/12") form(@Form("size", z.number()) size: number, @Form("size") text?: string) {}
  @Get("/13") injected(@CurrentUser() a: User | undefined, @CurrentUser b: User | undefined, @Tx() c: Pool, @Depends(Pool) d: Pool, @later(() => Later) e: Later, request: Request, signal: AbortSignal) {}
  @Get("/14") functions(@Depends((request: Request) => request.cookies.get("a")) a: string | undefined, @Depends(async () => 1) b: number, @Depends(function* () { yield 1; }) c: number) {}
  @Get("/15") structural(@Depends(Empty) a: AlsoEmpty, @Depends(Pool) b: { read(): number }) {}
  @Get("/16") bound<T extends Item>(@Query(z.string()) a: string, @Body(Item) b: Item, ...rest: never[]) {}
  overloaded(a?: string): string;
  overloaded(a?: string | number): number;
  @Get("/17") overloaded(@Query() a?: string | number): string | number { return a ?? 1; }
  @Get("/18") withThis(this: Right, @Query() a?: string) {}
}

class Later { x = 1; }

@Controller()
class Wrong {
  // @ts-expect-error a number into a string
  @Get("/1") a(@Query(z.number()) q: string) {}
  // @ts-expect-error a string into a number
  @Get("/2") b(@Path() id: number) {}
  // @ts-expect-error any number into two of them
  @Get("/3") c(@Query(z.number()) q: 1 | 2) {}
  // @ts-expect-error it may be missing
  @Get("/4") d(@Query() q: string) {}
  // @ts-expect-error it may be missing under another name, too
  @Get("/5") e(@Query("name") q: string) {}
  // @ts-expect-error a header may be missing
  @Get("/6") f(@Header() userAgent: string) {}
  // @ts-expect-error a cookie may be missing
  @Get("/7") g(@Cookie() sid: string) {}
  // @ts-expect-error an optional schema may give nothing
  @Get("/8") h(@Query(z.string().optional()) q: string) {}
  // @ts-expect-error null is not undefined
  @Get("/9") i(@Query() q: string | null) {}
  // @ts-expect-error text until a schema says otherwise
  @Get("/10") j(@Query() limit?: number) {}
  // @ts-expect-error text until a schema says otherwise
  @Get("/11") k(@Query() on?: boolean) {}
  // @ts-expect-error a missing value is 422 before the default counts
  @Get("/12") l(@Query(z.number()) limit = 10) {}
  // @ts-expect-error a missing value is 422, so it is never undefined
  @Get("/13") m(@Query(z.number()) limit?: number) {}
  // @ts-expect-error a missing value is 422, so it is never undefined
  @Get("/14") n(@Query(z.number()) limit: number | undefined) {}
  // @ts-expect-error the schema's default counts, not the parameter's
  @Get("/15") o(@Query(z.number().default(3)) limit = 10) {}
  // @ts-expect-error a path without its parameter does not match
  @Get("/16") p(@Path() id?: string) {}
  // @ts-expect-error any
  @Get("/17") q(@Query() q: any) {}
  // @ts-expect-error any, for a dependency
  @Get("/18") r(@CurrentUser() user: any) {}
  // @ts-expect-error any, for a class
  @Get("/19") s(@Depends(Pool) pool: any) {}
  // @ts-expect-error any, destructured
  @Get("/20") t(@Body(Item) { id }: any) {}
  // @ts-expect-error what any provides was not checked
  @Get("/21") u(@Body(z.any()) user: User) {}
  // @ts-expect-error what any provides was not checked, by a dependency
  @Get("/22") v(@Untyped() user: User) {}
  // @ts-expect-error unknown was not checked
  @Get("/23") w(@Body(z.unknown()) user: User) {}
  // @ts-expect-error one field of the body has another type
  @Post("/24") x(@Body(z.object({ id: z.number() })) item: { id: string }) {}
  // @ts-expect-error a field that the schema does not name
  @Post("/25") y(@Body(z.object({ id: z.number() })) item: { id: number; name: string }) {}
  // @ts-expect-error a list into one
  @Get("/26") z(@Query(z.array(z.string())) tag: string) {}
  // @ts-expect-error one into a list
  @Get("/27") aa(@Query(z.string()) tags: string[]) {}
  // @ts-expect-error two of each
  @Get("/28") ab(@Query() ...tags: string[]) {}
  // @ts-expect-error a Date into text
  @Get("/29") ac(@Query(z.date()) at: string) {}
  // @ts-expect-error text into an object
  @Get("/30") ad(@Query(z.string()) q: object) {}
  // @ts-expect-error any text into a brand
  @Get("/31") ae(@Query(z.string()) id: Id) {}
  // @ts-expect-error null
  @Get("/32") af(@Query(z.number().nullable()) n: number) {}
  // @ts-expect-error undefined
  @Get("/33") ag(@CurrentUser() user: User) {}
  // @ts-expect-error a promise: it has been awaited
  @Get("/34") ah(@CurrentUser() user: Promise<User | undefined>) {}
  // @ts-expect-error a generator: what it yields is injected
  @Get("/35") ai(@Tx() pool: AsyncGenerator<Pool>) {}
  // @ts-expect-error another class with members of its own
  @Get("/36") aj(@Depends(Pool) cache: Cache) {}
  // @ts-expect-error another class, declared later
  @Get("/37") ak(@later(() => Later) cache: Cache) {}
  // @ts-expect-error a promise: it has been awaited
  @Get("/38") al(@Depends(async () => 1) n: Promise<number>) {}
  // @ts-expect-error nothing fits never
  @Get("/39") am(@Query() q: never) {}
  // @ts-expect-error no parentheses
  @Get("/40") an(@Query q?: string) {}
  // @ts-expect-error a name and a schema, not two names
  @Get("/41") ao(@Query("a", "b") q?: unknown) {}
  // @ts-expect-error neither a name nor a schema
  @Get("/42") ap(@Query(3) q?: string) {}
  // @ts-expect-error a body needs a schema
  @Post("/43") aq(@Body() body: unknown) {}
  // @ts-expect-error no header has this name
  @Get("/44") ar(@Header("x trace") trace?: string) {}
  // @ts-expect-error no cookie has this name
  @Get("/45") as(@Cookie("a;b") cookie?: string) {}
  // @ts-expect-error two decorators that cannot both fit
  @Get("/46") at(@Query() @CurrentUser() user: User | undefined) {}
  // @ts-expect-error nothing is injected into a private method
  private au(@Query() q?: string) {}
  // @ts-expect-error nothing is injected into a setter
  set av(@Query() q: string | undefined) {}
}

class WrongConstructor {
  // @ts-expect-error it may be missing
  constructor(@Query() readonly q: string) {}
}
class AnyConstructor {
  // @ts-expect-error any
  constructor(@CurrentUser() private readonly user: any) {}
}
class DefaultConstructor {
  // @ts-expect-error a missing value is 422 before the default counts
  constructor(@Query(z.number()) readonly limit = 10) {}
}
class HiddenConstructor {
  // @ts-expect-error nothing is injected into a private constructor
  private constructor(@Query() readonly q?: string) {}
}

export { AnyConstructor, DefaultConstructor, HiddenConstructor, Right, Wrong, WrongConstructor };
