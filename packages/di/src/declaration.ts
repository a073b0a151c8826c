import type { Scope, Until } from "./lifetime.ts";
import type { Place } from "./place.ts";
import type { Need } from "./provides.ts";
import type { Unwinding } from "./unwinding.ts";

/** A value that comes from the input of a run, not from other dependencies. A graph knows no more of it than this. */
export interface SourceDeclaration {
  readonly kind: "source";
  /** What people call it: `Cookie("session_id")`. */
  readonly label: string;
  /** The declaration to use where the name comes from the place that asks: a parameter's name, the key of a need. */
  named(name: string): SourceDeclaration;
  /** Reads the value. A caller that reads sources in a way of its own (all of them, checked together) does not call it. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the input is fixed by who runs the plan; a graph is generic in it
  read?(input: any): unknown;
}

/** A value that is known before anything runs. */
export interface ConstantDeclaration {
  readonly kind: "constant";
  readonly label: string;
  readonly value: unknown;
}

/** A function with needs; sync, async, or a generator that is unwound. */
export interface FunctionDeclaration {
  readonly kind: "function";
  /** What people call it; empty where it has no name, and is known by its place. */
  readonly label: string;
  readonly needs: Readonly<Record<string, Need>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- typed where it is declared, by `dependency`
  readonly resolve: (values: any, unwinding: Pick<Unwinding, "add" | "addLook">) => unknown;
  /** Whether `resolve` is handed the unwinding of its run, and adds its endings itself. */
  readonly addsEndings?: boolean;
  /** The user's own function, where `resolve` only calls it: it says whether it is asynchronous, and a generator. */
  readonly wrapped?: ((...parameters: never[]) => unknown) | undefined;
  readonly scope: Scope;
  readonly until: Until;
  readonly place: Place;
}

/** What stands for a class, or for another need. It is asked for when the graph is made, so that it may be declared later in the file. */
export interface ClassDeclaration {
  readonly kind: "class";
  target(): Need;
}

export type Declaration = SourceDeclaration | ConstantDeclaration | FunctionDeclaration | ClassDeclaration;

// Symbol.for: two copies of this package in one process still understand each other's decorators.
const declarationKey = Symbol.for("madeleine.declaration");

/** Writes what a decorator stands for on the decorator itself, so that it is also a need. */
export function declare<D extends object>(decorator: D, declaration: Declaration): D {
  Object.defineProperty(decorator, declarationKey, { value: declaration });
  return decorator;
}

/** The declaration of a need, or undefined where it is not one: a plain class, or a mistake. */
export function declarationOf(need: unknown): Declaration | undefined {
  if (typeof need !== "function") return undefined;
  return (need as { [declarationKey]?: Declaration })[declarationKey];
}
