// mistake 72: a response schema for a status without a body
// caught: boot BODY_NEVER_SENT
import { App } from "madeleine";
import { z } from "zod";

export const app = new App();
app.delete("/items", { status: 204, response: z.object({ ok: z.boolean() }).optional() }, {}, () => undefined);
