// mistake 82: a JSON schema where a schema of zod belongs
// caught: load takes a name, a schema, or a name and a schema
import { App, Query } from "madeleine";

export const app = new App();
app.get("/", { q: Query("q", { type: "string" } as never) }, ({ q }) => String(q));
