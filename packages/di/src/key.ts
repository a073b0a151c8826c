import { declarationOf, type ClassDeclaration, type Declaration } from "./declaration.ts";
import type { Class, Need } from "./provides.ts";

/** What a need is known by: a class by itself, everything else by its declaration. */
export type Key = Class | Exclude<Declaration, { kind: "class" }>;

/**
 * What a need is known by, before any binding: a class by itself, everything else by its declaration; undefined where it is
 * nothing that can be injected, which `later(() => …)` may turn out to be.
 */
export function toKey(need: Need): Key | undefined {
  let seen: Set<unknown> | undefined;
  for (let at: unknown = need; seen?.has(at) !== true;) {
    const declaration = declarationOf(at);
    if (declaration === undefined)
      return typeof at === "function" && at.prototype !== undefined ? (at as unknown as Class) : undefined;
    if (declaration.kind !== "class") return declaration;
    (seen ??= new Set()).add(at);
    at = targetOf(declaration);
  }
  return undefined;
}

// `later(() => B)` throws while B's module is still being loaded: "Cannot access 'B' before initialization".
function targetOf(declaration: ClassDeclaration): Need | undefined {
  try {
    return declaration.target();
  } catch {
    return undefined;
  }
}

/** What people call it. */
export function labelOf(key: Key): string {
  return (typeof key === "function" ? key.name : key.label) || "(anonymous)";
}

/** Whether two keys stand for one value: a constant may be declared anew for each graph. */
export function isSameKey(key: Key, other: Key | undefined): boolean {
  if (key === other) return true;
  if (typeof key === "function" || typeof other !== "object") return false;
  return key.kind === "constant" && other.kind === "constant" && Object.is(key.value, other.value);
}
