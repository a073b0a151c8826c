import { injectableOptions } from "./injectable.ts";
import { isClassSource } from "./parameter-names.ts";
import type { Class } from "./provides.ts";

/**
 * Whether what stands where a class would is a function that somebody meant to be called: `function isAdmin() {}` can be constructed, too.
 * Classes that were compiled to functions carry methods on their prototype, or say that they are injectable.
 */
export function isPlainFunction(target: Class): boolean {
  const known = plain.get(target);
  if (known !== undefined) return known;
  const { prototype } = target as { prototype?: object };
  const hasMethods = prototype !== undefined && Object.getOwnPropertyNames(prototype).length > 1;
  const isPlain = injectableOptions(target) === undefined && !isClassSource(target as never) && !hasMethods && !isNative(target);
  plain.set(target, isPlain);
  return isPlain;
}

const plain = new WeakMap<object, boolean>();

// AbortSignal, a bound class, a proxy of one: their source tells nothing.
function isNative(target: Class): boolean {
  return Function.prototype.toString.call(target).endsWith("{ [native code] }");
}
