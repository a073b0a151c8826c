import type { Request } from "@madeleine/http";
import { createSessionId } from "./session-id.ts";

/** What a raw request leads to: another one of the same way in, for an application that is mounted, has the same. */
type RawRequest = Request["raw"];

interface NextId {
  readonly id: string;
  isTaken: boolean;
}

/**
 * The ids that sessions get where they get a new one: known before, so that a CSRF token on a page holds also where the answer with the
 * page begins a session, or gives it another id. One that no session takes is nobody's.
 */
export class NextIds {
  readonly #ids = new WeakMap<RawRequest, NextId>();

  /** The id that the session of a request gets, should it get a new one. */
  expect(request: Request): string {
    return this.#find(request).id;
  }

  /** The same, for the session that gets it; a second one of the same request gets another. */
  take(request: Request): string {
    const next = this.#find(request);
    if (next.isTaken) return createSessionId();
    next.isTaken = true;
    return next.id;
  }

  #find({ raw }: Request): NextId {
    const known = this.#ids.get(raw);
    if (known !== undefined) return known;
    const next = { id: createSessionId(), isTaken: false };
    this.#ids.set(raw, next);
    return next;
  }
}
