// mistake 81: a response schema that is undefined, as where two modules import each other
// caught: warning UNDEFINED_OPTION
import { App } from "madeleine";
import { z } from "zod";

const schemas: { Item: z.ZodObject<{ id: z.ZodNumber }> } = {} as never; // as of a module that imports this one

export const app = new App();
app.get("/", { response: schemas.Item }, {}, () => ({ id: 1, password: "x" }));
