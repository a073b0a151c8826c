import type { Parameter } from "./parameters.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import type { Class, Need } from "./provides.ts";

/** A parameter with the one thing that it asks for. */
export interface BoundParameter {
  readonly need: Need;
  /** The name to read a source under; undefined where the source cannot tell. */
  readonly name: string | undefined;
}

/** What the parameters belong to, for the words of an error. */
export interface ParameterOwner {
  /** Shape: `"Items.list (GET /items)"`, `"the constructor of Items"`. */
  readonly label: string;
  readonly place: Place | undefined;
  /** Whether the compiler had a reason to emit types: it does so only where something is decorated. */
  readonly isDecorated: boolean;
  /** The class that the decorator belongs on where nothing is decorated. */
  readonly className: string;
}

/**
 * Gives each parameter the one thing that it asks for: what its decorator says, else its declared class.
 *
 * `provided` are the classes that are given without being made: a global class of the same name there is a forgotten import.
 */
export function bindParameters(
  parameters: readonly Parameter[],
  owner: ParameterOwner,
  provided: readonly Class[],
): { bound: readonly BoundParameter[]; problems: readonly Problem[] } {
  const bound: BoundParameter[] = [];
  const problems: Problem[] = [];
  for (const parameter of parameters) {
    const [need, second] = parameter.needs;
    const problem =
      second === undefined
        ? need === undefined
          ? refuseUndecorated(parameter, owner, provided)
          : undefined
        : doublyBound(parameter, owner);
    if (problem !== undefined) problems.push(problem);
    else bound.push({ need: need ?? (parameter.type as Class), name: parameter.name });
  }
  return { bound, problems };
}

function refuseUndecorated(parameter: Parameter, owner: ParameterOwner, provided: readonly Class[]): Problem | undefined {
  const { type } = parameter;
  if (!parameter.hasEmittedTypes)
    return owner.isDecorated ? missingMetadata(parameter, owner, provided) : undecoratedClass(parameter, owner);
  if (typeof type !== "function" || type === Function || type === Object) return unbound(parameter, owner, type);
  if (provided.includes(type as unknown as Class)) return undefined;
  if (!isGlobal(type)) return undefined;
  const ours = provided.find((candidate) => candidate.name === type.name);
  return ours === undefined ? unbound(parameter, owner, type) : forgottenImport(parameter, owner, ours.name);
}

function isGlobal(type: { name: string }): boolean {
  return (globalThis as Record<string, unknown>)[type.name] === type;
}

function doublyBound(parameter: Parameter, owner: ParameterOwner): Problem {
  return {
    code: "DOUBLY_BOUND_PARAMETER",
    what: `${describe(parameter)} of ${owner.label} has ${parameter.needs.length} decorators that each provide a value.`,
    where: owner.place?.toString(),
    mend: "keep one of them",
  };
}

function unbound(parameter: Parameter, owner: ParameterOwner, type: unknown): Problem {
  const isTypeOnly = type === Function;
  return {
    code: "UNBOUND_PARAMETER",
    what: `${describe(parameter)} of ${owner.label} has no decorator, and its declared type is not a class${isTypeOnly ? " at run time" : ""}.`,
    where: owner.place?.toString(),
    mend: isTypeOnly
      ? "import the class itself: import { … } instead of import type { … }"
      : `decorate it, for example @Query(${exampleSchema(type)}) ${parameter.name ?? "value"}; for an interface, @Depends(TheClass)`,
  };
}

function exampleSchema(type: unknown): string {
  if (type === Number) return "z.number()";
  if (type === Boolean) return "z.boolean()";
  if (type === Array) return "z.array(z.string())";
  return type === Date ? "z.date()" : "z.string().optional()";
}

function forgottenImport(parameter: Parameter, owner: ParameterOwner, name: string): Problem {
  return {
    code: "GLOBAL_CLASS",
    what: `${describe(parameter)} of ${owner.label} is declared as the global ${name} of the web platform, not as Madeleine's: its import is missing.`,
    where: owner.place?.toString(),
    mend: `import { ${name} } from "madeleine";`,
  };
}

function missingMetadata(parameter: Parameter, owner: ParameterOwner, provided: readonly Class[]): Problem {
  const likely = provided.find((candidate) => candidate.name.toLowerCase() === parameter.name?.toLowerCase());
  return {
    code: "MISSING_METADATA",
    what: `${describe(parameter)} of ${owner.label} has no decorator, and the compiler emitted no types: ${compilerInUse()}.`,
    where: owner.place?.toString(),
    mend: `write @Depends(${likely?.name ?? "TheClass"}) before it, or compile with "emitDecoratorMetadata": true (tsc, @oxc-node/core, swc)`,
  };
}

function undecoratedClass(parameter: Parameter, owner: ParameterOwner): Problem {
  return {
    code: "UNDECORATED_CLASS",
    what: `${describe(parameter)} of ${owner.label} has no decorator, and the compiler emits types only for classes that have one.`,
    where: owner.place?.toString(),
    mend: `write @Injectable() before class ${owner.className}, or decorate the parameter`,
  };
}

/** Names the tool where it can be recognised: all of them leave `emitDecoratorMetadata` out for the same reason, esbuild. */
function compilerInUse(): string {
  const started = [...process.execArgv, process.env["NODE_OPTIONS"] ?? "", process.argv[1] ?? ""].join(" ");
  if (process.env["VITEST"] !== undefined) return "vitest compiles with esbuild or oxc, which by default do not";
  if (/\btsx\b/.test(started)) return "tsx compiles with esbuild, which never does";
  if (/esbuild/.test(started)) return "esbuild never does";
  return '"emitDecoratorMetadata" is off, or the compiler (esbuild, tsx, vitest, Bun) does not know it';
}

function describe(parameter: Parameter): string {
  return parameter.name === undefined
    ? `Parameter ${parameter.index + 1}`
    : `Parameter ${parameter.index + 1} (${parameter.name})`;
}
