export { keyvStore, type KeyvLike, type KeyvStoreOptions } from "./stores/keyv.ts";
