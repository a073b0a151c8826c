// mistake 70: an optional parameter and the path without it
// caught: boot DUPLICATE_ROUTE
import { App, Path } from "madeleine";
import { z } from "zod";

export const app = new App();
app.get("/items/:id?", { id: Path(z.string().optional()) }, ({ id }) => id ?? null);
app.get("/items", () => []);
