export { csrf, csrfToken, type CsrfOptions } from "./csrf/csrf.ts";
export type { SessionCookieName } from "./csrf/secret.ts";
export { defineSession, type SessionDefinition, type SessionEntry } from "./define-session.ts";
export type { SessionLifetime } from "./lifetime.ts";
export type { RefusesNewSessions, SessionOptions } from "./options.ts";
export { SessionDataError, type Flash } from "./session-data.ts";
export type { Session } from "./session.ts";
export { memoryStore, type MemoryStoreOptions } from "./stores/memory.ts";
export type { SessionRow, SessionStore } from "./stores/store.ts";
