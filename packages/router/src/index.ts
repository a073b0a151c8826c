export { buildPath } from "./build-path.ts";
export type { Constraint } from "./constraint.ts";
export { PathSyntaxError, PathValueError, RouteConflict, type PathSyntaxCode } from "./errors.ts";
export type { Parameter } from "./parameter.ts";
export { parsePath, type Pattern } from "./pattern.ts";
export { riskyConstraint } from "./risky-constraint.ts";
export type { Found } from "./route.ts";
export { RouteTree, type Match, type RoutePlace, type RouteTreeOptions } from "./route-tree.ts";
export type { MixedSegment, Segment } from "./segment.ts";
