// mistake 74: an empty name in the query
// caught: boot IMPOSSIBLE_NAME
import { App, Query } from "madeleine";

export const app = new App();
app.get("/", { q: Query("") }, ({ q }) => q ?? null);
