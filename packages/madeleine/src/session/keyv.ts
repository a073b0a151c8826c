export { keyvStore, type KeyvLike, type KeyvStoreOptions } from "@madeleine/session/keyv";
