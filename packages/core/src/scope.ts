import { given, type Failure, type GivenValue, type OpenScope } from "@madeleine/di";
import { BackgroundTasks, runTasks } from "./background-tasks.ts";

/** What a scope is opened with. */
export interface ScopeOptions {
  /** What a request would have brought: `given(CurrentUser, alice)`, `given(Cookie("theme"), "dark")`. */
  provide?: readonly GivenValue[] | undefined;
}

/** Opens a scope; `beforeEnd` runs where nothing failed, between the two moments at which values end. */
export type OpenScopeWith = (all: readonly GivenValue[], beforeEnd: () => Promise<void>) => Promise<OpenScope>;

/** A scope with background tasks of its own, which run when it is closed: as after a response, unless something failed. */
export function openScope({ provide = [] }: ScopeOptions, open: OpenScopeWith): Promise<OpenScope> {
  const tasks = new BackgroundTasks();
  return open([given(BackgroundTasks, tasks), ...provide], () => runTasks(tasks));
}

/** Uses a scope and closes it. Errors: what `use` threw, which generators see at their `yield`; else what closing it throws. */
export async function useScope<R>(scope: OpenScope, use: (scope: OpenScope) => R): Promise<Awaited<R>> {
  let failure: Failure | undefined;
  let result: Awaited<R> | undefined;
  try {
    result = await use(scope);
  } catch (error) {
    failure = { error };
  }
  await scope.close(failure);
  if (failure !== undefined) throw failure.error;
  return result as Awaited<R>;
}
