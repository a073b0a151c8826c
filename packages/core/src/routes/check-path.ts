import type { Problem } from "@madeleine/di";
import { compileModel, Request, TextSchemaError } from "@madeleine/http";
import type { Pattern } from "@madeleine/router";
import type { $ZodType } from "zod/v4/core";
import { isModelSource, type InputSource } from "../parameters/source.ts";
import { schemasIn, schemasUnder } from "../validation/schema-at.ts";
import type { RouteDefinition } from "./route-definition.ts";

/** A path parameter that something reads. */
interface Bound {
  readonly name: string;
  readonly schema: $ZodType | undefined;
}

/** Both directions: what is bound is in the path, and what is in the path is bound (or the handler reads the request by hand). */
export function checkPath(sources: readonly InputSource[], pattern: Pattern, definition: RouteDefinition): readonly Problem[] {
  const ofPath = sources.filter((source) => source.in === "path");
  const named = ofPath.flatMap(boundNames);
  const readsAll = sources.some((source) => source.in === "given" && source.label === Request.name) || ofPath.some(passesOn);
  const unknown = named.filter(({ name }) => !pattern.names.includes(name));
  const unread = pattern.names.filter((name) => !named.some((bound) => bound.name === name));
  const tooStrict = named.filter((bound) => pattern.optional.includes(bound.name) && requires(bound));
  return [
    ...unknown.map(({ name }, index) => unknownPathParameter(name, unread[index], pattern, definition)),
    // One that is bound under a wrong name is one mistake, and was told.
    ...(readsAll ? [] : unread.slice(unknown.length).map((name) => unusedPathParameter(name, definition))),
    ...tooStrict.map(({ name }) => optionalPathParameter(name, definition)),
  ];
}

/** Its own name, or the fields of a model. */
function boundNames(source: InputSource): readonly Bound[] {
  const { name = "", schema } = source;
  if (!isModelSource(source)) return [{ name, schema }];
  const around = schemasIn(schema!);
  return (modelOf(source)?.fields ?? []).map(({ key }) => ({ name: key, schema: schemasUnder(around, key)[0] }));
}

/** Whether a model wants to see what it does not name, too; also one that cannot be read, which was told. */
function passesOn(source: InputSource): boolean {
  return isModelSource(source) && modelOf(source)?.passesExtras !== false;
}

function modelOf({ schema }: InputSource): ReturnType<typeof compileModel> {
  try {
    return compileModel(schema!);
  } catch (error) {
    if (error instanceof TextSchemaError) return undefined;
    throw error;
  }
}

// zod tells apart what may be left out and what has a default; either is set where nothing need be there
function requires({ schema }: Bound): boolean {
  return schema === undefined || (schema._zod.optin === undefined && schema._zod.optout !== "optional");
}

function unknownPathParameter(
  name: string,
  meant: string | undefined,
  pattern: Pattern,
  { label, place }: RouteDefinition,
): Problem {
  const has = pattern.names.length === 0 ? "none" : pattern.names.map((known) => `:${known}`).join(", ");
  return {
    code: "UNKNOWN_PATH_PARAMETER",
    what: `${label} binds the path parameter "${name}", which the path does not have: it has ${has}.`,
    where: place?.toString(),
    mend:
      meant === undefined
        ? `put it into the path, as :${name}`
        : `@Path(${JSON.stringify(meant)}), or rename the parameter to ${meant}`,
  };
}

function unusedPathParameter(name: string, { label, path, place }: RouteDefinition): Problem {
  return {
    code: "UNUSED_PATH_PARAMETER",
    what: `The path ${path} of ${label} has a parameter "${name}" that nothing reads.`,
    where: place?.toString(),
    mend: `@Path() ${name}: string as a parameter, or a literal in the path`,
  };
}

function optionalPathParameter(name: string, { label, place }: RouteDefinition): Problem {
  return {
    code: "OPTIONAL_PATH_PARAMETER",
    what: `${label} binds the path parameter "${name}", which may be absent, and does not accept that.`,
    where: place?.toString(),
    mend: `@Path(${JSON.stringify(name)}, z.string().optional())`,
  };
}
