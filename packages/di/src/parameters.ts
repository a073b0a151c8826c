import "reflect-metadata";
import { parameterNames } from "./parameter-names.ts";
import type { Class, Need } from "./provides.ts";

/** One parameter of a method or constructor, as it was declared. */
export interface Parameter {
  readonly index: number;
  /** Its name in the source; undefined where it is destructured or the source cannot be read. */
  readonly name: string | undefined;
  /** What its decorators ask for: none for an undecorated parameter, several by mistake. */
  readonly needs: readonly Need[];
  /** The class that the compiler emitted for its declared type; undefined where none was emitted. */
  readonly type: unknown;
  /** False where the compiler emitted no types of parameters at all. */
  readonly hasEmittedTypes: boolean;
}

interface ParameterRecord {
  readonly need: Need;
  readonly index: number;
  readonly name: string | undefined;
}

const recordsKey = "madeleine:parameters";

/**
 * Records that a parameter asks for a need. `place` is what the compiler hands to a parameter decorator: the prototype and
 * a method's name, or the class itself and undefined for its constructor; and the index.
 *
 * Names are read here, not at boot: a method decorator that wraps the method has not run yet.
 */
export function recordParameter(need: Need, place: readonly unknown[]): void {
  const [target, key, index] = place as [object, string | symbol | undefined, unknown];
  if (typeof index !== "number") throw new TypeError(explainMisuse(place));
  const declaring = declaringFunction(target, key);
  if (declaring === undefined) throw new TypeError("A parameter of a setter cannot be injected: nobody calls it with one.");
  const record = { need, index, name: parameterNames(declaring)?.[index] };
  Reflect.defineMetadata(recordsKey, [...ownRecords(target, key), record], target, key as string);
}

/** The parameters of a method (of a prototype) or of a constructor (of a class, without a key), declared or decorated. */
export function parametersOf(target: object, key?: string | symbol): readonly Parameter[] {
  const records = ownRecords(target, key);
  const types = Reflect.getOwnMetadata("design:paramtypes", target, key as string) as unknown[] | undefined;
  const declaring = declaringFunction(target, key);
  const names = (declaring && parameterNames(declaring)) ?? [];
  const last = Math.max(-1, ...records.map((record) => record.index));
  const count = Math.max(types?.length ?? names.length, last + 1);
  return Array.from({ length: count }, (_, index) => {
    const own = records.filter((record) => record.index === index);
    return {
      index,
      name: own[0]?.name ?? names[index],
      needs: own.map((record) => record.need),
      type: types?.[index],
      hasEmittedTypes: types !== undefined,
    };
  });
}

/**
 * The class of the prototype chain whose constructor declares the parameters: a subclass may have none of its own, or one
 * (of a mixin, or of the compiler's making) that hands on what it gets.
 */
export function constructingClass(target: Class): Class {
  for (let at: Class | null = target; typeof at === "function"; at = Object.getPrototypeOf(at) as Class | null) {
    if (Reflect.hasOwnMetadata(recordsKey, at) || parameterNames(at as unknown as () => unknown) !== undefined) return at;
  }
  return target;
}

// Metadata of a constructor is written on the class without a key; reflect-metadata takes undefined for that.
function ownRecords(target: object, key: string | symbol | undefined): readonly ParameterRecord[] {
  return (Reflect.getOwnMetadata(recordsKey, target, key as string) as ParameterRecord[] | undefined) ?? [];
}

/** Undefined for an accessor, which is not read: a getter may expect an instance. */
function declaringFunction(target: object, key: string | symbol | undefined): (() => unknown) | undefined {
  const declaring: unknown = key === undefined ? target : Object.getOwnPropertyDescriptor(target, key)?.value;
  return typeof declaring === "function" ? (declaring as () => unknown) : undefined;
}

function explainMisuse(place: readonly unknown[]): string {
  const second = place[1];
  if (typeof second === "object" && second !== null && "kind" in second) {
    return 'Parameter decorators need "experimentalDecorators": true in tsconfig.json: this file was compiled with the standard decorators, which have none for parameters.';
  }
  return "This decorator belongs on a parameter of a method or constructor.";
}
