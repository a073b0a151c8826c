/**
 * How long a value lives. `app`: made once, before the port opens. `request`: once per request, also while it is still
 * pending. `transient`: each time it is asked for.
 */
export type Scope = "app" | "request" | "transient";

const scopes: readonly unknown[] = ["app", "request", "transient"] satisfies Scope[];

/** When a value of a request is torn down: when the handler has returned, or after the last byte of the response. */
export type Until = "handler" | "response";

const untils: readonly unknown[] = ["handler", "response"] satisfies Until[];

/** What a compiler did not check. Errors: TypeError for options that do not exist: a misspelt scope would share state, or not. */
export function checkLifetime(written: string, options: { scope?: unknown; until?: unknown }): void {
  const unknown = Object.keys(options).find((name) => !lifetimeOptions.has(name));
  if (unknown !== undefined)
    throw new TypeError(`${written}: there is no option ${unknown}. mend: one of ${[...lifetimeOptions].join(", ")}`);
  const { scope, until } = options;
  if (scope !== undefined && !scopes.includes(scope)) throw new TypeError(`${written}: scope is "app", "request" or "transient"`);
  if (until !== undefined && !untils.includes(until)) throw new TypeError(`${written}: until is "handler" or "response"`);
}

const lifetimeOptions: ReadonlySet<string> = new Set(["scope", "until", "name"]);
