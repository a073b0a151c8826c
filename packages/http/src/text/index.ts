export { compileText, type TextOptions } from "./compile.ts";
export { type Definition, definitionOf, isIntegerSchema } from "./definition.ts";
export { encodeText } from "./encode.ts";
export { invertible } from "./invertible.ts";
export { compileModel, isModel, type TextField, type TextModel } from "./model.ts";
export type { CompiledText } from "./scalar.ts";
export { MAX_SCHEMAS, schemaParts } from "./schema-parts.ts";
export { TextSchemaError } from "./schema-error.ts";
export { unwrap } from "./unwrap.ts";
