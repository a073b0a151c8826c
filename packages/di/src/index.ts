export { bind, type Binding } from "./bind.ts";
export { bindParameters, type BoundParameter, type ParameterOwner } from "./bound-parameters.ts";
export { copiesProblems, registerCopy } from "./copies.ts";
export type { AnyParameter, Check, DeclaredAt, DefaultNeverUsed, IsAny, Mismatch, SignatureOf } from "./check.ts";
export {
  declarationOf,
  declare,
  type ConstantDeclaration,
  type Declaration,
  type FunctionDeclaration,
  type SourceDeclaration,
} from "./declaration.ts";
export { type Scope, type Until } from "./lifetime.ts";
export {
  dependency,
  endingDependency,
  instanceOf,
  later,
  toDependency,
  toParam,
  type Dependency,
  type DependencyOptions,
  type Param,
  type Yielded,
} from "./dependency.ts";
export { given, givenOverrides, type GivenValue } from "./given.ts";
export { Graph } from "./graph.ts";
export {
  Injectable,
  injectableOptions,
  recordInjectable,
  type InjectableDecorator,
  type InjectableOptions,
} from "./injectable.ts";
export { toKey, type Key } from "./key.ts";
export { OpenScope } from "./open-scope.ts";
export { isClassSource } from "./parameter-names.ts";
export { parametersOf, type Parameter } from "./parameters.ts";
export { Place } from "./place.ts";
export { run, runBatches, type Phase, type Plan, type PlannedSource, type PlannedValue } from "./plan.ts";
export type { Asked } from "./planner.ts";
export type { Problem } from "./problem.ts";
export type { Class, Need, Needs, Provides, Resolved, Value, Values } from "./provides.ts";
export { isDisposable, type Step } from "./step.ts";
export type { GraphOptions } from "./substitutes.ts";
export { isThenable } from "./thenable.ts";
export { defaultTeardownTimeoutMs, Unwinding, type Ending, type Failure } from "./unwinding.ts";
