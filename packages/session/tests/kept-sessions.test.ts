import { cookieStore, memoryStore } from "@madeleine/session";
import { keyvStore } from "@madeleine/session/keyv";
import { Keyv } from "keyv";
import { RequestRows } from "../src/keeping/request-rows.ts";
import { testSessions } from "./session-suite.ts";
import { testStore } from "./store-suite.ts";

testSessions("memoryStore", () => memoryStore());
testSessions("keyvStore", () => keyvStore(new Keyv()));
testSessions("cookieStore", () => cookieStore());

testStore("what one request knows of a session in its cookie", async () => {
  const store = new RequestRows(undefined);
  return { store, other: store, close: async () => {} };
});
