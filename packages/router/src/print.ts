import type { Pattern } from "./pattern.ts";
import type { Segment } from "./segment.ts";

interface Branch {
  readonly methods: string[];
  readonly children: Map<string, Branch>;
}

/**
 * Routes as a tree for people: a line for each segment, sorted, with the methods of the routes that end there.
 *
 * Shape: ```
 *        /
 *        ├── /health  GET
 *        └── /users  GET, POST
 *            └── /:id  DELETE, GET
 *        ```
 */
export function printRoutes(routes: Iterable<{ readonly method: string; readonly pattern: Pattern }>): string {
  const root = createBranch();
  for (const { method, pattern } of routes) {
    let branch = root;
    for (const text of toTexts(pattern)) branch = enterBranch(branch, text);
    branch.methods.push(method);
  }
  return [`/${printMethods(root)}`, ...printChildren(root, "")].join("\n");
}

function createBranch(): Branch {
  return { methods: [], children: new Map() };
}

function enterBranch({ children }: Branch, text: string): Branch {
  const branch = children.get(text) ?? createBranch();
  children.set(text, branch);
  return branch;
}

/** The texts of a path's segments. The root has none: it is the first line. */
function toTexts({ path, segments, optional }: Pattern): string[] {
  if (path === "/") return [];
  const texts = segments.map((segment) => `/${toText(segment)}`);
  return optional.length === 0 ? texts : [...texts.slice(0, -1), `${texts.at(-1)}?`];
}

function toText(segment: Segment): string {
  if (segment.kind === "literal") return segment.text;
  if (segment.kind === "parameter") return `:${segment.name}`;
  if (segment.kind === "rest") return `*${segment.name}`;
  const parts = segment.parts.map((part) => {
    if (typeof part === "string") return part;
    return part.constraint === undefined ? `:${part.name}` : `:${part.name}(${part.constraint.source})`;
  });
  return parts.join("");
}

function printChildren({ children }: Branch, indent: string): string[] {
  const sorted = [...children].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.flatMap(([text, branch], index) => {
    const isLast = index === sorted.length - 1;
    const line = `${indent}${isLast ? "└──" : "├──"} ${text}${printMethods(branch)}`;
    return [line, ...printChildren(branch, indent + (isLast ? "    " : "│   "))];
  });
}

function printMethods({ methods }: Branch): string {
  return methods.length === 0 ? "" : `  ${[...methods].sort().join(", ")}`;
}
