import type { Binding } from "./bind.ts";
import type { Scope } from "./lifetime.ts";
import { labelOf, toKey, type Key } from "./key.ts";
import type { Node } from "./node.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import type { Class, Need } from "./provides.ts";

/** One link of the chain from who asked to what is asked for. */
export interface Link {
  readonly label: string;
  readonly key: Key | undefined;
  readonly node: Node | undefined;
  readonly scope: Scope | undefined;
  /** Of who asks at the edge of the graph, where it is known. */
  readonly place?: Place | undefined;
}

export function cycle(chain: readonly Link[]): Problem {
  const last = chain.at(-1)!;
  const first = chain.findIndex((link) => link.key === last.key);
  const circle = chain.slice(first);
  return {
    code: "DEPENDENCY_CYCLE",
    what: `Dependencies need each other in a circle: ${circle.map((link) => link.label).join(" → ")}.`,
    where: places(circle),
    mend: "take what they share out into a dependency of its own, which both need",
  };
}

export function captive(chain: readonly Link[]): Problem {
  // The last one that lives so long: what stands before it may hold it, and so may many others.
  const holder = chain.findLast((link) => link.scope === "app") ?? chain[0]!;
  const held = chain.at(-1)!;
  const between = chain.slice(chain.indexOf(holder));
  return {
    code: "CAPTIVE_DEPENDENCY",
    what: `${holder.label} lives as long as the application, and needs ${held.label}, which is of one request: ${between
      .map((link) => (link.scope === undefined ? link.label : `${link.label} (${link.scope})`))
      .join(" → ")}.`,
    where: places(between),
    mend: `give ${holder.label} the scope "request", or hand it ${held.label} as a parameter of the method that uses it`,
  };
}

export function undecidedScope(node: Node, chain: readonly Link[]): Problem {
  return {
    code: "UNDECIDED_SCOPE",
    what: `${node.label}, needed by ${chain.at(-1)?.label ?? "the application"}, does not say how long an instance lives: its state could be shared by all requests, or made anew for each.`,
    where: places(chain),
    mend: `write @Injectable({ scope: "app" }) or @Injectable({ scope: "request" }) before class ${node.label}, or bind it to what implements it: provide: [bind(${node.label}, …)]`,
  };
}

export function endsTooEarly(node: Node, early: Node): Problem {
  return {
    code: "ENDS_TOO_EARLY",
    what: `${node.label} lives until the response was sent, and needs ${early.label}, which ends when the handler has returned.`,
    where: [node.place?.toString(), early.place?.toString()].filter((place) => place !== undefined).join(", ") || undefined,
    mend: `declare ${early.label} with { until: "response" } too, or ${node.label} with { until: "handler" }`,
  };
}

/** `isLater`: it was asked for with later(() => …), which gave nothing. */
export function notInjectable(name: string | undefined, chain: readonly Link[], isLater: boolean): Problem {
  const needed = name === undefined ? "something" : `"${name}"`;
  return {
    code: "NOT_INJECTABLE",
    what: isLater
      ? `${chain.at(-1)?.label ?? "The application"} needs ${needed} through later(() => …), which gives neither a class nor a dependency.`
      : `${chain.at(-1)?.label ?? "The application"} needs ${needed} that is neither a source, a dependency nor a class.`,
    where: places(chain) ?? chain[0]?.place?.toString(),
    mend: isLater
      ? "return a class or a dependency, which is declared when the application boots: boot when all modules are loaded"
      : "a class or dependency that is declared later in the file is asked for with later(() => TheClass)",
  };
}

/** A function that says nothing of what it needs: it could not be called. */
export function plainFunction(fn: { readonly name: string }, name: string | undefined, chain: readonly Link[]): Problem {
  const called = fn.name === "" ? "a function without a name" : `the function ${fn.name}`;
  const written = fn.name || "fn";
  return {
    code: "NOT_INJECTABLE",
    what: `${chain.at(-1)?.label ?? "The application"} needs ${name === undefined ? "" : `"${name}", `}${called}, which is neither a source, a dependency nor a class.`,
    where: places(chain) ?? chain[0]?.place?.toString(),
    mend: `Depends(${written}) where it takes the request, or dependency({ … }, ${written}) where it has needs of its own`,
  };
}

export function bindingCycle(labels: readonly string[]): Problem {
  return {
    code: "BINDING_CYCLE",
    what: `Bindings and overrides stand for each other in a circle: ${labels.join(" → ")}.`,
    mend: "let one of them stand for a class or dependency that is made",
  };
}

/** Classes that are bound to several things, of which one would count, without a word of the others. */
export function boundTwice(bindings: readonly Binding[]): readonly Problem[] {
  const byClass = new Map<Class, Binding[]>();
  for (const binding of bindings) byClass.set(binding.from, [...(byClass.get(binding.from) ?? []), binding]);
  return [...byClass.values()].filter(areDifferent).map((all) => {
    const name = labelOf(all[0]!.from);
    return {
      code: "DUPLICATE_BINDING",
      what: `${name} is bound to ${all.map(({ to }) => nameOf(to)).join(" and to ")}: only the last would count.`,
      where: joinPlaces(all.map(({ place }) => place)),
      mend: `keep one of them; what replaces it in tests is app.override(${name}, …)`,
    };
  });
}

function areDifferent(all: readonly Binding[]): boolean {
  return all.length > 1 && new Set(all.map(({ to }) => toKey(to))).size > 1;
}

function nameOf(need: Need): string {
  const key = toKey(need);
  return key === undefined ? "what cannot be injected" : labelOf(key);
}

function places(chain: readonly Link[]): string | undefined {
  return joinPlaces(chain.map((link) => link.node?.place));
}

function joinPlaces(places: readonly (Place | undefined)[]): string | undefined {
  const known = places.map((place) => place?.toString()).filter((place) => place !== undefined);
  return known.length === 0 ? undefined : [...new Set(known)].join(", ");
}
