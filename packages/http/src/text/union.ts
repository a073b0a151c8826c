import type { $ZodType } from "zod/v4/core";
import { accepts } from "./definition.ts";
import type { CompiledText } from "./scalar.ts";
import { TextSchemaError } from "./schema-error.ts";

/**
 * A union: the members in their order; the first one that accepts what it decoded decides.
 *
 * Shape:  `z.union([z.number(), z.string()])` reads `"5"` as `5`, in the other order as `"5"`. A member that no text can satisfy is
 *         passed over. Where no member accepts, the first value that is more than text is handed on, so that the problem
 *         is about that value ("greater than 10") and not about its spelling: of several texts what a list made of them.
 * Cost:   runs the members' schemas, up to the first that accepts; their own run comes on top.
 * Errors: {@link TextSchemaError} when text can satisfy no member.
 */
export function compileUnion(schemas: readonly $ZodType[], compile: (schema: $ZodType) => CompiledText): CompiledText {
  const members = schemas.flatMap((schema) => compileMember(schema, compile));
  if (members.length === 0) {
    throw new TextSchemaError(
      "text satisfies no member of this union",
      "add a member that is one value, or bind the whole source",
    );
  }
  const many = members.some((member) => member.text.many);
  return { many, decode: (text) => (text === undefined ? undefined : decodeByMember(members, many ? text : lastOf(text))) };
}

interface Member {
  readonly schema: $ZodType;
  readonly text: CompiledText;
}

function compileMember(schema: $ZodType, compile: (schema: $ZodType) => CompiledText): Member[] {
  try {
    return [{ schema, text: compile(schema) }];
  } catch (error) {
    if (error instanceof TextSchemaError) return []; // z.undefined(), an object: another member is the reason for this union
    throw error;
  }
}

function decodeByMember(members: readonly Member[], text: string | readonly string[]): unknown {
  const single = typeof text === "string" ? text : text.length === 1 ? text[0] : undefined;
  const received = single ?? text;
  let fallback: unknown = received;
  for (const { schema, text: member } of members) {
    if (!member.many && single === undefined) continue; // several texts are no scalar
    const value = member.decode(text);
    if (accepts(schema, value)) return value;
    if (fallback === received && member.many === (single === undefined) && typeof value !== "string") fallback = value;
  }
  return fallback;
}

function lastOf(text: string | readonly string[]): string | readonly string[] {
  return typeof text === "string" ? text : text.slice(-1);
}
