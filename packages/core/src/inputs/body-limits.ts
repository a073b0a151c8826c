import type { Plan } from "@madeleine/di";
import type { FileLimits, Request } from "@madeleine/http";
import type { InputSource } from "../parameters/source.ts";
import type { RouteDefinition } from "../routes/route-definition.ts";

/** Sets how much a route reads, before anybody reads; undefined where the limits are the application's. */
export function compileBodyLimits(definition: RouteDefinition, plan: Plan): ((request: Request) => void) | undefined {
  const { method, maxBodyBytes, maxUploadBytes } = definition;
  const files = fileLimitsOf(plan);
  const hasBody = method !== "GET" && method !== "HEAD" && method !== "TRACE";
  if (!hasBody || (maxBodyBytes === undefined && maxUploadBytes === undefined && files.size === 0)) return undefined;
  return ({ body }) => {
    if (maxBodyBytes !== undefined) body.maxBodyBytes = maxBodyBytes;
    if (maxUploadBytes !== undefined) body.maxUploadBytes = maxUploadBytes;
    body.fileLimits = files;
  };
}

function fileLimitsOf(plan: Plan): ReadonlyMap<string, FileLimits> {
  const sources = plan.phases.flatMap((phase) => phase.sources.map(({ source }) => source as InputSource)); // core makes every source itself
  return new Map(sources.filter(({ in: kind }) => kind === "upload").map(({ name = "", files = {} }) => [name, files]));
}
