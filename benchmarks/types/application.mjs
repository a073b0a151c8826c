/**
 * Writes the source of an application: for each controller a file with ten routes, as an application of some years has them
 * (path parameters, queries with defaults, models, bodies, cookies, headers, dependencies, response schemas), and a file with
 * the service that does the work.
 *
 * Shape: `writeApplication("/tmp/app", { controllers: 200, library: "madeleine" })`; `library` is what the decorators are
 *        imported from, so that one application can be written twice.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function writeApplication(folder, { controllers, library }) {
  mkdirSync(folder, { recursive: true });
  const indexes = Array.from({ length: controllers }, (_, index) => index);
  for (const index of indexes) {
    writeFileSync(join(folder, `orders-${index}.ts`), controllerFile(index, library));
    writeFileSync(join(folder, `orders-${index}-service.ts`), serviceFile(index));
  }
  writeFileSync(join(folder, "app.ts"), appFile(indexes, library));
}

function appFile(indexes, library) {
  return `import { App } from "${library}";
${indexes.map((index) => `import { Orders${index} } from "./orders-${index}.ts";`).join("\n")}

export const app = new App({ controllers: [${indexes.map((index) => `Orders${index}`).join(", ")}] });
`;
}

// Names end in the number of the controller: real classes differ in their members, and equal ones would be compared in depth.
function controllerFile(n, library) {
  return `import { Body, Controller, Cookie, Delete, Get, Header, Path, Post, Put, Query, Request, Response, dependency } from "${library}";
import { z } from "zod";
import { Order, Service${n}, type Customer${n} } from "./orders-${n}-service.ts";

const NewOrder = Order.omit({ id: true });
const Page = z.object({ skip: z.number().int().default(0), limit: z.number().int().default(${10 + n}), sort: z.enum(["id", "placed"]).optional() });
const CurrentCustomer = dependency({ session: Cookie("session_${n}"), service: Service${n} }, async ({ session, service }): Promise<Customer${n} | undefined> =>
  session === undefined ? undefined : service.customer${n}(session));
const page = dependency({ skip: Query(z.number().int().default(0)), limit: Query(z.number().int().max(100).default(10)) }, ({ skip, limit }) => ({ skip, limit }));

@Controller("/orders-${n}")
export class Orders${n} {
  constructor(private readonly service${n}: Service${n}, @Header() private readonly userAgent: string | undefined) {}

  @Get("/")
  list(@page() page: { skip: number; limit: number }, @Query(z.enum(["open", "paid"]).optional()) state?: "open" | "paid") {
    const orders = this.service${n}.list(state).slice(page.skip, page.skip + page.limit);
    return { page, state: state ?? null, agent: this.userAgent ?? null, orders };
  }

  @Get("/:id", { response: Order })
  async read(@Path(z.number().int()) id: number, response: Response) {
    const order = await this.service${n}.find(id);
    if (order === undefined) response.status = 404;
    return order ?? { id, title: "", lines: [] };
  }

  @Post("/", { response: Order, status: 201 })
  create(@Body(NewOrder) order: z.infer<typeof NewOrder>, @CurrentCustomer() customer?: Customer${n}) {
    return this.service${n}.create(order, customer);
  }

  @Put("/:id")
  async replace(@Path(z.number().int()) id: number, @Body(Order) order: z.infer<typeof Order>, @CurrentCustomer() customer: Customer${n} | undefined) {
    const replaced = await this.service${n}.replace(id, order);
    return { id, order: replaced, by: customer?.name ?? null };
  }

  @Delete("/:id", { status: 204 })
  async remove(@Path(z.number().int()) id: number) {
    await this.service${n}.remove(id);
  }

  @Get("/:id/lines")
  async lines(@Path(z.number()) id: number, @Query(Page) page: z.infer<typeof Page>) {
    const lines = await this.service${n}.lines(id, page.sort ?? "id");
    return { id, page, lines: lines.slice(page.skip, page.skip + page.limit) };
  }

  @Get("/:id/total")
  async total(@Path(z.number()) id: number, @Query() currency = "EUR") {
    const { net, tax } = await this.service${n}.total(id);
    return { id, currency, net, tax, gross: net + tax };
  }

  @Get("/search")
  search(@Query(z.string().min(3)) text: string, @Query(z.array(z.string()).default([])) tags: string[], @Header("accept-language") language?: string) {
    return { language: language ?? null, found: this.service${n}.search(text, tags) };
  }

  @Post("/:id/payment")
  async pay(@Path(z.number()) id: number, @Body("amount", z.number()) amount: number, @Body("method", z.enum(["card", "invoice"])) method: "card" | "invoice", request: Request) {
    const receipt = await this.service${n}.pay(id, { amount, method });
    return { receipt, address: request.headers.get("x-real-ip") ?? null };
  }

  @Get("/me")
  me(@CurrentCustomer() customer: Customer${n} | undefined, @Cookie() theme?: string) {
    return { customer: customer ?? null, theme: theme ?? null, statistics: this.service${n}.statistics() };
  }
}
`;
}

function serviceFile(n) {
  return `import { z } from "zod";

export const Order = z.object({
  id: z.number().int(),
  title: z.string().min(1).max(${100 + n}),
  state: z.enum(["open", "paid", "sent"]).default("open"),
  placed: z.date().optional(),
  lines: z.array(z.object({ sku: z.string(), count: z.number().int(), price: z.number().optional() })),
});
export type Order${n} = z.output<typeof Order>;
type NewOrder${n} = Omit<Order${n}, "id">;
type Line${n} = Order${n}["lines"][number];

export interface Customer${n} {
  name: string;
  email: string;
  roles: ("reader" | "buyer" | "admin")[];
}

export class NotFound${n} extends Error {
  constructor(readonly id: number) {
    super(\`there is no order \${id}\`);
  }
}

export class Service${n} {
  readonly #orders = new Map<number, Order${n}>();
  readonly #customers = new Map<string, Customer${n}>();
  readonly #receipts: { id: number; amount: number; method: string; at: Date }[] = [];

  async customer${n}(session: string): Promise<Customer${n} | undefined> {
    const known = this.#customers.get(session);
    if (known !== undefined) return known;
    const [name, host] = session.split("@");
    if (name === undefined || host === undefined || !/^[a-z.]+$/.test(host)) return undefined;
    const customer: Customer${n} = { name, email: \`\${name}@\${host}\`, roles: name === "root" ? ["reader", "admin"] : ["reader"] };
    this.#customers.set(session, customer);
    return customer;
  }

  list(state: Order${n}["state"] | undefined): Order${n}[] {
    const all = [...this.#orders.values()];
    const wanted = state === undefined ? all : all.filter((order) => order.state === state);
    return wanted.toSorted((one, other) => (other.placed?.getTime() ?? 0) - (one.placed?.getTime() ?? 0));
  }

  async find(id: number): Promise<Order${n} | undefined> {
    const order = this.#orders.get(id);
    return order === undefined ? undefined : { ...order, lines: order.lines.map((line) => ({ ...line })) };
  }

  create(order: NewOrder${n}, customer: Customer${n} | undefined): Order${n} {
    const id = Math.max(0, ...this.#orders.keys()) + 1;
    const merged = new Map<string, Line${n}>();
    for (const line of order.lines) {
      const known = merged.get(line.sku);
      merged.set(line.sku, known === undefined ? line : { ...known, count: known.count + line.count });
    }
    const created: Order${n} = { ...order, id, title: customer === undefined ? order.title : \`\${order.title} (\${customer.name})\`, lines: [...merged.values()] };
    this.#orders.set(id, created);
    return created;
  }

  async replace(id: number, order: Order${n}): Promise<Order${n}> {
    if (!this.#orders.has(id)) throw new NotFound${n}(id);
    const replaced = { ...order, id, placed: order.placed ?? new Date() };
    this.#orders.set(id, replaced);
    return replaced;
  }

  async remove(id: number): Promise<void> {
    const order = await this.find(id);
    if (order === undefined) throw new NotFound${n}(id);
    if (order.state === "sent") throw new Error(\`order \${id} was sent and cannot be removed\`);
    this.#orders.delete(id);
  }

  async lines(id: number, sort: "id" | "placed"): Promise<(Line${n} & { sum: number })[]> {
    const order = await this.find(id);
    if (order === undefined) throw new NotFound${n}(id);
    const lines = order.lines.map((line) => ({ ...line, sum: line.count * (line.price ?? 0) }));
    return sort === "id" ? lines.toSorted((one, other) => one.sku.localeCompare(other.sku)) : lines.toReversed();
  }

  async total(id: number): Promise<{ net: number; tax: number }> {
    const lines = await this.lines(id, "id");
    const net = lines.reduce((sum, line) => sum + line.sum, 0);
    const rate = lines.some((line) => line.sku.startsWith("BOOK-")) ? 0.07 : 0.19;
    return { net, tax: Math.round(net * rate * 100) / 100 };
  }

  search(text: string, tags: readonly string[]): { order: Order${n}; score: number }[] {
    const words = text.toLowerCase().split(/\\s+/).filter((word) => word.length > 2);
    const scored = [...this.#orders.values()].map((order) => {
      const haystack = [order.title, ...order.lines.map((line) => line.sku)].join(" ").toLowerCase();
      const hits = words.filter((word) => haystack.includes(word)).length;
      const tagged = tags.filter((tag) => order.lines.some((line) => line.sku.includes(tag))).length;
      return { order, score: hits * 2 + tagged };
    });
    return scored.filter(({ score }) => score > 0).toSorted((one, other) => other.score - one.score);
  }

  async pay(id: number, payment: { amount: number; method: "card" | "invoice" }): Promise<{ number: string; paid: boolean; open: number }> {
    const { net, tax } = await this.total(id);
    this.#receipts.push({ id, amount: payment.amount, method: payment.method, at: new Date() });
    const paid = this.#receipts.filter((receipt) => receipt.id === id).reduce((sum, receipt) => sum + receipt.amount, 0);
    const order = this.#orders.get(id);
    if (order !== undefined && paid >= net + tax) this.#orders.set(id, { ...order, state: "paid" });
    return { number: \`R-\${id}-\${this.#receipts.length}\`, paid: paid >= net + tax, open: Math.max(0, net + tax - paid) };
  }

  statistics(): { byState: Partial<Record<Order${n}["state"], number>>; busiest: string | null; receipts: number } {
    const byState: Partial<Record<Order${n}["state"], number>> = {};
    const days = new Map<string, number>();
    for (const order of this.#orders.values()) {
      byState[order.state] = (byState[order.state] ?? 0) + 1;
      const day = order.placed?.toISOString().slice(0, 10);
      if (day !== undefined) days.set(day, (days.get(day) ?? 0) + 1);
    }
    const busiest = [...days].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null;
    return { byState, busiest, receipts: this.#receipts.length };
  }
}
`;
}
