import "reflect-metadata";
import { checkLifetime, type Scope, type Until } from "./lifetime.ts";
import { Place } from "./place.ts";
import type { Class } from "./provides.ts";

export interface InjectableOptions {
  /** How long an instance lives. Without it: `request` when one of its needs is, else `app`. */
  scope?: Scope | undefined;
  /** When an instance of a request is disposed of, where it has `[Symbol.dispose]` or `[Symbol.asyncDispose]`. */
  until?: Until | undefined;
}

/** What {@link Injectable} gives: of an abstract class there are no instances. */
export type InjectableDecorator = <C extends new (...parameters: never) => unknown>(target: C) => void;

const injectableKey = "madeleine:injectable";
const placeKey = "madeleine:place";

/**
 * Says that a class may be injected, and how long an instance lives.
 *
 * Without it a class that needs nothing of the request is a boot error: whether its state is shared or made anew is never
 * decided by accident.
 *
 * Errors: TypeError for options that do not exist, and for `@Injectable` without parentheses.
 */
export function Injectable(options: InjectableOptions = {}): InjectableDecorator {
  if (typeof options === "function") throw new TypeError("@Injectable() is written with parentheses");
  checkLifetime("@Injectable(…)", options);
  const place = new Place(Injectable);
  return (target) => {
    if (Reflect.hasOwnMetadata(placeKey, target))
      throw new TypeError(`class ${target.name} has @Injectable twice, and would live as one of them says. mend: keep one`);
    recordInjectable(target, options);
    Reflect.defineMetadata(placeKey, place, target);
  };
}

export function recordInjectable(target: Class, options: InjectableOptions): void {
  Reflect.defineMetadata(injectableKey, options, target);
}

/** The options of a class, or undefined where it has none of its own: a base class does not decide for its subclasses. */
export function injectableOptions(target: Class): InjectableOptions | undefined {
  return Reflect.getOwnMetadata(injectableKey, target) as InjectableOptions | undefined;
}

/** Where a class was made injectable; undefined where that is not known. */
export function injectablePlace(target: Class): Place | undefined {
  return Reflect.getOwnMetadata(placeKey, target) as Place | undefined;
}
