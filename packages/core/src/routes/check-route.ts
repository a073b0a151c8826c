import type { Place, Plan, Problem } from "@madeleine/di";
import { ItemStream, TextSchemaError } from "@madeleine/http";
import type { Pattern } from "@madeleine/router";
import { compileInput } from "../inputs/compile-input.ts";
import type { $ZodType } from "zod/v4/core";
import { isModelSource, isOfRequest, type InputSource } from "../parameters/source.ts";
import { beyondJsonIn, beyondJsonOut } from "../validation/json-reach.ts";
import { checkBodies } from "./check-bodies.ts";
import { checkCookieSchema } from "./check-cookie-schema.ts";
import { checkNames } from "./check-names.ts";
import { checkPath } from "./check-path.ts";
import { checkStatus } from "./check-status.ts";
import { checkWrittenName } from "./check-written-name.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** Every mistake in how a route and all its dependencies read the request. */
export function checkRoute(definition: RouteDefinition, pattern: Pattern | undefined, plan: Plan): readonly Problem[] {
  const all = plan.phases.flatMap((phase) => phase.sources.map(({ source }) => source as InputSource));
  const foreign = all.filter((source) => isForeign(source.schema));
  const sources = foreign.length === 0 ? all : all.filter((source) => !foreign.includes(source));
  return [
    ...foreign.map((source) => foreignSchema(source, definition)),
    ...sources.flatMap((source) => [
      ...checkWrittenName(source, definition),
      ...checkCookieSchema(source, definition),
      ...checkSource(source, definition),
    ]),
    ...(pattern === undefined ? [] : checkPath(sources, pattern, definition)),
    ...checkBodies(sources, definition),
    ...checkNames(sources, definition),
    ...checkResponses(definition),
    ...checkStatus(definition),
  ];
}

// Nothing else can be asked about the schema of another library.
function isForeign(schema: unknown): boolean {
  return schema !== undefined && !("_zod" in (schema as object));
}

function checkSource(source: InputSource, { label, place }: RouteDefinition): readonly Problem[] {
  if (isOfRequest(source.in)) return [];
  if (source.in === "body") return checkBody(source, label, place);
  if (source.name === undefined && !isModelSource(source)) return [namelessSource(source, label, place)];
  if (source.schema === undefined) return [];
  try {
    compileInput(source, 0, { pathNames: [], exposeInput: false });
    return [];
  } catch (error) {
    if (!(error instanceof TextSchemaError)) throw error;
    return [
      {
        code: "UNREADABLE_SCHEMA",
        what: `${source.label} of ${label}: ${error.what}`,
        where: place?.toString(),
        mend: error.mend,
      },
    ];
  }
}

/** A body that no JSON satisfies would be a 422 for every request. */
function checkBody({ schema, label: body }: InputSource, label: string, place: Place | undefined): readonly Problem[] {
  const beyond = schema && beyondJsonIn(schema);
  if (beyond === undefined) return [];
  const { path, kind, mend } = beyond;
  return [
    {
      code: "UNREADABLE_SCHEMA",
      what: `${body} of ${label}: ${path} is ${kind}, which JSON does not have.`,
      where: place?.toString(),
      mend,
    },
  ];
}

/** What a route answers with is asked only when it answers: a schema of another library would be a 500 for every request. */
function checkResponses({ options, label, place }: RouteDefinition): readonly Problem[] {
  const { response, responses = {} } = options;
  if (response === undefined && options.responses === undefined) return [];
  const schemas: [string, unknown][] = Object.entries(responses).map(([status, schema]) => [`responses[${status}]`, schema]);
  const sent = response instanceof ItemStream ? response.item : response;
  if (sent !== undefined) schemas.push(["response", sent]);
  const foreign = schemas
    .filter(
      ([, schema]) => schema === undefined || (typeof schema !== "object" && typeof schema !== "function") || isForeign(schema),
    )
    .map(([name]) => ({
      code: "FOREIGN_SCHEMA",
      what: `The ${name} of ${label} is no schema of zod 4.`,
      where: place?.toString(),
      mend: 'import { z } from "zod" with zod ^4.1, or from "zod/v4" where zod 3 must stay',
    }));
  return foreign.length > 0 ? foreign : schemas.flatMap(([name, schema]) => unsendable(name, schema as $ZodType, label, place));
}

function unsendable(name: string, schema: $ZodType | undefined, label: string, place: Place | undefined): readonly Problem[] {
  const beyond = schema && beyondJsonOut(schema);
  if (beyond === undefined) return [];
  const { path, kind, mend } = beyond;
  return [
    {
      code: "UNSENDABLE_RESPONSE",
      what: `The ${name} of ${label}: ${path} is ${kind}, which JSON does not have.`,
      where: place?.toString(),
      mend,
    },
  ];
}

function foreignSchema(source: InputSource, { label, place }: RouteDefinition): Problem {
  const standard = (source.schema as { "~standard"?: { vendor?: string } } | undefined)?.["~standard"];
  const vendor =
    standard?.vendor === undefined || standard.vendor === "zod" ? "a schema of zod 3" : `a schema of ${standard.vendor}`;
  return {
    code: "FOREIGN_SCHEMA",
    what: `${source.label} of ${label} has ${vendor}: only schemas of zod 4 are supported.`,
    where: place?.toString(),
    mend: 'import { z } from "zod" with zod ^4.1, or from "zod/v4" where zod 3 must stay',
  };
}

function namelessSource(source: InputSource, label: string, place: Place | undefined): Problem {
  return {
    code: "NAMELESS_PARAMETER",
    what: `A ${source.label} of ${label} has no name: the parameter is destructured, or the source cannot be read.`,
    where: place?.toString(),
    mend: `write the name out: @${source.label.slice(0, -2)}("name", …)`,
  };
}
