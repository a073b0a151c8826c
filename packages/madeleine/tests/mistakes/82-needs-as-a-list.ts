// mistake 82: needs that are a list
// caught: load needs is a record
import { App, Query } from "madeleine";

export const app = new App();
app.get("/", [Query("q")] as never, () => 1);
