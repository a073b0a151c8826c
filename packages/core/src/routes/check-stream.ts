import { injectableOptions, isDisposable, parametersOf, toKey, type Class, type Need, type Problem } from "@madeleine/di";
import { ItemStream } from "@madeleine/http";
import type { RouteDefinition } from "./route-definition.ts";

/**
 * What a streaming route needs that ends with its handler, although the stream is only begun then: a closed connection would be the first that
 * its generator meets. Warnings and no errors: a value that was read before the first `yield` may be all that is needed.
 */
export function checkStream({ options, asked, streams, label, place }: RouteDefinition): readonly Problem[] {
  if (!(options.response instanceof ItemStream) && streams !== true) return [];
  const seen = new Set<unknown>();
  const found = asked.flatMap(({ need }) => endingEarly(need, seen));
  return found.map((name) => ({
    code: "ENDS_BEFORE_STREAM",
    what: `${label} streams, and ${name} ends when its handler has returned, before the stream begins.`,
    where: place?.toString(),
    mend: `give ${name} { until: "response" }`,
  }));
}

/** Whether what a handler returns is a stream, also where its route says nothing of it. */
export function isStreaming(handler: unknown): boolean {
  return Object.prototype.toString.call(handler) === "[object AsyncGeneratorFunction]";
}

function endingEarly(need: Need, seen: Set<unknown>): readonly string[] {
  const key = toKey(need);
  if (key === undefined || seen.has(key)) return [];
  seen.add(key);
  if (typeof key === "function") return [...endsItself(key), ...parameterNeeds(key).flatMap((inner) => endingEarly(inner, seen))];
  if (key.kind !== "function" || key.scope === "app") return [];
  const inner = Object.values(key.needs).flatMap((one) => endingEarly(one, seen));
  const endsEarly = key.until === "handler" && isGeneratorFunction(key.resolve);
  return endsEarly ? [key.label || "a dependency", ...inner] : inner;
}

function endsItself(target: Class): readonly string[] {
  const { scope, until } = injectableOptions(target) ?? {};
  const isOfRequest = scope === "request" || scope === "transient";
  return isOfRequest && until !== "response" && isDisposable(target) ? [target.name] : [];
}

function parameterNeeds(target: Class): readonly Need[] {
  return parametersOf(target).flatMap(({ needs }) => needs);
}

function isGeneratorFunction(resolve: unknown): boolean {
  const tag = Object.prototype.toString.call(resolve);
  return tag === "[object GeneratorFunction]" || tag === "[object AsyncGeneratorFunction]";
}
