export type { KeyvLike } from "./stores/keyv-like.ts";
export { keyvStore, type KeyvStoreOptions } from "./stores/keyv.ts";
