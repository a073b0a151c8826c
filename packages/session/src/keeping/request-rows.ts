import type { SessionLifetime } from "../lifetime.ts";
import type { SessionRow, SessionRows } from "../stores/store.ts";

/** The rows that one request knows, as a store: the one that its cookie brought, and what becomes of it. */
export class RequestRows implements SessionRows {
  readonly #rows = new Map<string, SessionRow>();

  constructor(brought: { readonly key: string; readonly row: SessionRow } | undefined) {
    if (brought !== undefined) this.#rows.set(brought.key, brought.row);
  }

  read(key: string): SessionRow | undefined {
    return this.#rows.get(key);
  }

  async write(key: string, row: SessionRow, revision: number): Promise<boolean> {
    if ((this.#rows.get(key)?.revision ?? 0) !== revision) return false;
    this.#rows.set(key, row);
    return true;
  }

  async touch(key: string, lifetime: SessionLifetime, revision: number): Promise<boolean> {
    const row = this.#rows.get(key);
    return row !== undefined && this.write(key, { ...row, lifetime }, revision);
  }

  async delete(key: string): Promise<boolean> {
    return this.#rows.delete(key);
  }
}
