import { clone, parse, type $ZodType, type input, type output } from "zod/v4/core";

/** What {@link Model} makes: a class that is also the schema of its instances. */
export interface ModelClass<Schema extends $ZodType> {
  /** Errors: ZodError where the values do not fit the schema. */
  new (values: input<Schema>): output<Schema>;
  readonly _zod: Schema["_zod"];
  readonly "~standard": Schema["~standard"];
  /** The schema whose values are typed as instances, methods included: `z.array(Item.schema())`. */
  schema<C extends abstract new (values: never) => unknown>(this: C): $ZodType<InstanceType<C>, input<Schema>>;
}

/** What a schema gives; a class made by {@link Model} gives its instances. */
export type Given<Schema extends $ZodType> = Schema extends abstract new (...parameters: never) => infer Instance
  ? Instance
  : output<Schema>;

/**
 * One name for a value, its type and its schema.
 *
 * Shape:  `class Item extends Model(z.object({ name: z.string() })) {}` is a schema wherever one is taken (`@Body(Item) item: Item`,
 *         `{ response: Item }`, `z.array(Item)`), and what it lets through is an `Item` with the class's methods. `new Item({ name: "tea" })` checks, too.
 * Errors: TypeError for a schema that is no object.
 */
export function Model<Schema extends $ZodType<object>>(schema: Schema): ModelClass<Schema> {
  const { type } = schema._zod.def;
  if (type !== "object") throw new TypeError(`Model(…) takes z.object({…}), not z.${type}()`);

  class Base {
    constructor(values: unknown) {
      assign(this, checked.has(values as object) ? (values as object) : (parse(schema, values) as object));
    }

    static get _zod() {
      return schemaOf(this)._zod;
    }

    static get ["~standard"]() {
      return (schemaOf(this) as unknown as { "~standard": unknown })["~standard"];
    }

    static schema() {
      return schemaOf(this);
    }
  }

  // Each subclass has its own: the nearest class makes the instance.
  const schemas = new WeakMap<object, $ZodType>();
  const schemaOf = (target: typeof Base): $ZodType => {
    const known = schemas.get(target) ?? instanceSchema(schema, (values) => new target(values));
    schemas.set(target, known);
    return known;
  };
  return Base as unknown as ModelClass<Schema>; // its instances have what the schema gives, which only the schema's type knows
}

/** Whether a schema gives instances of a class that {@link Model} made: they hold what their class put into them, too. */
export function givesInstances(schema: $ZodType): boolean {
  return instantiating.has(schema._zod);
}

const instantiating = new WeakSet<object>();

/** The same object schema, so that it can be documented and looked into, which makes instances of what it lets through. */
function instanceSchema(schema: $ZodType, create: (values: object) => object): $ZodType {
  const own = clone(schema);
  instantiating.add(own._zod);
  const { run } = own._zod;
  own._zod.run = (payload, context) => {
    const result = run(payload, context);
    return result instanceof Promise ? result.then(toInstance) : toInstance(result);
  };
  const toInstance = (payload: Awaited<ReturnType<typeof run>>) => {
    if (payload.issues.length > 0) return payload;
    checked.add(payload.value as object);
    payload.value = create(payload.value as object);
    return payload;
  };
  return own;
}

// What a schema has just given is not checked again.
const checked = new WeakSet<object>();

function assign(target: object, values: object): void {
  for (const [key, value] of Object.entries(values)) {
    if (key !== "__proto__") (target as Record<string, unknown>)[key] = value; // JB-01: it would become the prototype
  }
}
