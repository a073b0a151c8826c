// mistake 72: the schemas by status leave the status of the route out
// caught: boot UNDECLARED_STATUS
import { App } from "madeleine";
import { z } from "zod";

export const app = new App();
app.post("/items", { status: 201, responses: { 200: z.object({ id: z.number() }) } }, {}, () => ({ id: 1, password: "x" }));
