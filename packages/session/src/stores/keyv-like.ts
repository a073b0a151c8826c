/** What is asked of a Keyv, whatever its adapter. */
export interface KeyvLike {
  throwOnErrors: boolean;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttl?: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  on(event: "error", listener: (error: unknown) => void): unknown;
}
