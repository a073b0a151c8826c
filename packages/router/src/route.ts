import type { Pattern } from "./pattern.ts";
import { decodeValue } from "./percent.ts";
import type { Form } from "./shape.ts";

/** A route that matched. */
export interface Found<Value> {
  readonly status: 200;
  readonly value: Value;
  /** By position, in the order of the pattern's names; undefined for an optional one that is absent. */
  readonly parameters: readonly (string | undefined)[];
}

/** A route where one of its forms ends. */
export interface Route<Value> {
  readonly method: string;
  readonly value: Value;
  readonly parameterCount: number;
  readonly absentCount: number;
  /** Ready when there is nothing to cut from the path. */
  readonly found: Found<Value> | undefined;
  /** A route of another method that ends in the same place. */
  readonly next: Route<Value> | undefined;
}

/** A route for one of the paths that its pattern stands for. */
export function createRoute<Value>(method: string, pattern: Pattern, { absentCount }: Form, value: Value): Route<Value> {
  const parameterCount = pattern.names.length - absentCount;
  const parameters = Object.freeze(Array.from({ length: absentCount }, () => undefined));
  const found = parameterCount === 0 ? Object.freeze({ status: 200 as const, value, parameters }) : undefined;
  return { method, value, parameterCount, absentCount, found, next: undefined };
}

/** The match of a route with parameters. `spans` says where each starts and ends in the path. */
export function cutParameters<Value>(
  { value, parameterCount, absentCount }: Route<Value>,
  path: string,
  spans: readonly number[],
  isEncoded: boolean,
): Found<Value> {
  const parameters = new Array<string | undefined>(parameterCount + absentCount); // pushing would allocate room for 17
  for (let index = 0; index < parameterCount; index += 1) {
    const text = path.slice(spans[index * 2], spans[index * 2 + 1]);
    parameters[index] = isEncoded ? decodeValue(text) : text;
  }
  return { status: 200, value, parameters };
}
