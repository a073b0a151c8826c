// mistake 73: a schema where a need belongs
// caught: boot NOT_INJECTABLE
import { App } from "madeleine";
import { z } from "zod";

export const app = new App();
app.get("/", { q: z.string() as never }, ({ q }) => String(q));
