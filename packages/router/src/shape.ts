import type { Pattern } from "./pattern.ts";
import { foldCase } from "./percent.ts";
import type { Segment } from "./segment.ts";

/** One of the paths that a pattern stands for. */
export interface Form {
  readonly segments: readonly Segment[];
  /** How many of the pattern's parameters it leaves out. */
  readonly absentCount: number;
}

/**
 * The paths that a pattern stands for: two when its last segment is optional.
 *
 * Shape: `/o/:id?` stands for `/o` and `/o/:id`; `/:id?` for `/` and `/:id`.
 */
export function toForms({ segments, optional }: Pattern): readonly Form[] {
  if (optional.length === 0) return [{ segments, absentCount: 0 }];
  const shorter: Segment[] = segments.slice(0, -1);
  if (shorter.length === 0) shorter.push({ kind: "literal", text: "" });
  return [
    { segments: shorter, absentCount: optional.length },
    { segments, absentCount: 0 },
  ];
}

/**
 * What all paths have in common that match the same requests: everything but the names of their parameters.
 *
 * Shape: `/users/:id(\\d+)/:file.json` has the shape `/users/{\\d+}/{}.json`. No literal text has a brace.
 */
export function toShape(segments: readonly Segment[]): string {
  let shape = "";
  for (const segment of segments) shape += `/${toSegmentShape(segment)}`;
  return shape;
}

function toSegmentShape(segment: Segment): string {
  switch (segment.kind) {
    case "literal":
      return segment.text;
    case "parameter":
      return "{}";
    case "rest":
      return "{*}";
    case "mixed":
      return segment.parts.map((part) => (typeof part === "string" ? part : `{${part.constraint?.source ?? ""}}`)).join("");
  }
}

/** Segments for comparison with a path whose letter case was folded. */
export function foldSegments(segments: readonly Segment[]): readonly Segment[] {
  return segments.map((segment) => {
    if (segment.kind === "literal") return { ...segment, text: foldCase(segment.text) };
    return segment.kind === "mixed" ? { ...segment, parts: segment.parts.map(foldPart) } : segment;
  });
}

type Part = Extract<Segment, { kind: "mixed" }>["parts"][number];

function foldPart(part: Part): Part {
  if (typeof part === "string") return foldCase(part);
  if (part.constraint === undefined) return part;
  const { source, expression } = part.constraint;
  return { ...part, constraint: { source, expression: new RegExp(expression, `${expression.flags}i`) } };
}

/** Segments without an empty last one: `/a/` becomes `/a`, and the root stays the root. */
export function trimSlash(segments: readonly Segment[]): readonly Segment[] {
  const last = segments.at(-1);
  const hasSlash = segments.length > 1 && last?.kind === "literal" && last.text === "";
  return hasSlash ? segments.slice(0, -1) : segments;
}
