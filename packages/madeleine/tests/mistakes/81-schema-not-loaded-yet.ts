// mistake 81: a schema that is undefined, as where two modules import each other
// caught: load in its parentheses is undefined
import { App, Query } from "madeleine";
import { z } from "zod";

const schemas: { Filter: z.ZodString } = {} as never; // as of a module that imports this one

export const app = new App();
app.get("/", { q: Query("q", schemas.Filter) }, ({ q }) => q);
