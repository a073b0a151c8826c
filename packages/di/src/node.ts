import { bindParameters, type BoundParameter } from "./bound-parameters.ts";
import type { FunctionDeclaration } from "./declaration.ts";
import type { Scope, Until } from "./lifetime.ts";
import { injectableOptions, injectablePlace } from "./injectable.ts";
import { constructingClass, parametersOf } from "./parameters.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import type { Class } from "./provides.ts";
import { classStep, functionStep, isDisposable, type Step } from "./step.ts";

/** A value that is computed, as the graph knows it: what it needs, how long it lives, how its step is made. */
export interface Node {
  readonly label: string;
  readonly kind: "function" | "class";
  readonly needs: readonly BoundParameter[];
  /** As written; undefined where it follows from the needs. */
  readonly scope: Scope | undefined;
  /** A class without `@Injectable()`: it is of the request, or nobody decided. */
  readonly isUndecided: boolean;
  readonly until: Until;
  /** Whether something is torn down when it ends. */
  readonly ends: boolean;
  /** Whether its function is written as asynchronous. */
  readonly isAsync: boolean;
  readonly place: Place | undefined;
  readonly problems: readonly Problem[];
  step(slot: number, slots: readonly number[]): Step;
}

export function functionNode(declaration: FunctionDeclaration): Node {
  const { place } = declaration;
  const label = declaration.label || nameByPlace(place);
  return {
    label,
    kind: "function",
    needs: Object.entries(declaration.needs).map(([name, need]) => ({ need, name })),
    scope: declaration.scope,
    isUndecided: false,
    until: declaration.until,
    ends: declaration.addsEndings === true || /Generator/.test(kindOf(declaration)),
    isAsync: /Async/.test(kindOf(declaration)),
    place,
    problems: [],
    step: (slot, slots) => functionStep(declaration, label, slot, slots),
  };
}

export function classNode(target: Class, provided: readonly Class[]): Node {
  const options = injectableOptions(target);
  const { bound, problems } = constructorNeeds(target, provided, options !== undefined);
  const until = options?.until ?? "handler";
  return {
    label: nameOf(target),
    kind: "class",
    needs: bound,
    scope: options?.scope,
    isUndecided: options === undefined,
    until,
    ends: isDisposable(target),
    isAsync: false,
    place: injectablePlace(target),
    problems,
    step: (slot, slots) => classStep(target, nameOf(target), slot, slots, until),
  };
}

function constructorNeeds(target: Class, provided: readonly Class[], isInjectable: boolean): ReturnType<typeof bindParameters> {
  const declaring = constructingClass(target);
  const parameters = parametersOf(declaring);
  const owner = {
    label: `the constructor of ${nameOf(declaring)}`,
    place: injectablePlace(declaring),
    isDecorated: isInjectable || parameters.some((parameter) => parameter.needs.length > 0),
    className: nameOf(declaring),
  };
  return bindParameters(parameters, owner, provided);
}

function nameByPlace(place: Place): string {
  const at = place.toString();
  return at === undefined ? "dependency" : `dependency at ${at}`;
}

/** Shape: `"[object AsyncGeneratorFunction]"`. */
function kindOf({ resolve, wrapped }: FunctionDeclaration): string {
  return Object.prototype.toString.call(wrapped ?? resolve);
}

function nameOf(target: Class): string {
  return target.name || "(anonymous class)";
}
