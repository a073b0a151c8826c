import { Visitor, parseSync } from "oxc-parser";

/**
 * Lists everything that a module imports, in any of the ways that TypeScript has.
 *
 * Shape: `import type { A } from "a"`, `export * from "b"`, `await import("c")`, `let d: import("d").D`, `import e = require("e")`
 *        and `require("f")` give `[{ specifier: "a", line: 1 }, …]`. A specifier that is computed cannot be read and is left out.
 * Errors: a file that does not parse.
 */
export function listImports(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0].message}`);
  const imports = [];
  const add = (literal) => {
    if (literal?.type === "Literal" && typeof literal.value === "string") {
      imports.push({ specifier: literal.value, line: source.slice(0, literal.start).split("\n").length });
    }
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    TSExternalModuleReference: (node) => add(node.expression),
    CallExpression: (node) => isRequire(node.callee) && add(node.arguments[0]),
  }).visit(program);
  return imports;
}

function isRequire(callee) {
  return callee.type === "Identifier" && callee.name === "require";
}
