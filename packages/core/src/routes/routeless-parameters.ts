import { declarationOf, parametersOf, type Class, type Need, type Place, type Problem } from "@madeleine/di";
import { ownRoutes } from "./decorators.ts";

/** Methods whose parameters say what they take of a request and that are no routes: a forgotten `@Get()` would be a 404 without a word. */
export function routelessParameters(target: Class, place: Place): readonly Problem[] {
  const found = decoratedMethods(target, new Set()).map(([key, need]) => routeless(target, `static ${String(key)}`, need));
  const seen = new Set<string | symbol>(["constructor"]);
  for (
    let prototype = target.prototype as object | null;
    prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    for (const { key } of ownRoutes(prototype)) seen.add(key);
    found.push(...decoratedMethods(prototype, seen).map(([key, need]) => routeless(target, String(key), need)));
    for (const key of Reflect.ownKeys(prototype)) seen.add(key); // what a subclass declares again is its own affair
  }
  return found.map((problem) => ({ ...problem, where: place.toString() }));
}

function decoratedMethods(holder: object, seen: ReadonlySet<string | symbol>): readonly (readonly [string | symbol, Need])[] {
  const keys = Reflect.ownKeys(holder).filter((key) => !seen.has(key) && isMethod(holder, key));
  return keys.flatMap((key) => {
    const need = parametersOf(holder, key).find(({ needs }) => needs.length > 0)?.needs[0];
    return need === undefined ? [] : [[key, need] as const];
  });
}

function isMethod(holder: object, key: string | symbol): boolean {
  return typeof Object.getOwnPropertyDescriptor(holder, key)?.value === "function" && key !== "prototype";
}

function routeless({ name }: Class, method: string, need: Need): Omit<Problem, "where"> {
  const declaration = declarationOf(need);
  const label = declaration === undefined || declaration.kind === "class" ? "" : ` (${declaration.label})`;
  const isStatic = method.startsWith("static ");
  return {
    code: "ROUTELESS_PARAMETER",
    what: `${name}.${method.replace("static ", "")} has a decorated parameter${label}, and is ${isStatic ? "static" : "no route"}: nobody calls it with a value of the request.`,
    mend: isStatic
      ? 'leave static out, and write @Get("/…") before it'
      : 'write @Get("/…") before it, or leave the decorator of its parameter out',
  };
}
