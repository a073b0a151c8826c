import { instanceOf, isClassSource, Place, toDependency, type Class, type Dependency, type Yielded } from "@madeleine/di";
import { Request } from "@madeleine/http";

// By function: the identity of Depends(fn) is fn, wherever and however often it is written.
const functions = new WeakMap<object, Dependency<unknown>>();
const classes = new WeakMap<object, Dependency<unknown>>();

/**
 * An instance of a class, or what a function of the request returns (yields, resolves to).
 *
 * Errors: TypeError where it is neither; a class that is declared later in the file is asked for with `later(() => Class)`.
 */
export function Depends<C>(target: Class<C>): Dependency<C>;
export function Depends<R>(resolve: (request: Request) => R): Dependency<Yielded<R>>;
export function Depends(target: unknown): Dependency<unknown> {
  if (typeof target !== "function")
    throw new TypeError("@Depends(…) takes a class or a function; a class that is declared later: @later(() => TheClass)");
  if (isClass(target)) return remember(classes, target, () => instanceOf(target));
  return remember(functions, target, () => ofRequest(target as (request: Request) => unknown));
}

function ofRequest(wrapped: (request: Request) => unknown): Dependency<unknown> {
  return toDependency({
    kind: "function",
    label: wrapped.name,
    needs: { request: Request },
    resolve: ({ request }: { request: Request }) => wrapped(request),
    wrapped,
    scope: "request",
    until: "handler",
    place: new Place(Depends),
  });
}

function remember(
  known: WeakMap<object, Dependency<unknown>>,
  target: object,
  make: () => Dependency<unknown>,
): Dependency<unknown> {
  const found = known.get(target) ?? make();
  known.set(target, found);
  return found;
}

// A class cannot be called: its source says so. Classes that were compiled to functions carry methods on their prototype.
function isClass(target: unknown): target is Class {
  if (isClassSource(target as () => unknown)) return true;
  const { prototype } = target as { prototype?: object };
  return prototype !== undefined && Object.getOwnPropertyNames(prototype).length > 1;
}
