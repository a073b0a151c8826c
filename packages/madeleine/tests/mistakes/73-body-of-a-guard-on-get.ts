// mistake 73: a guard of all routes reads a body
// caught: boot BODY_ON_GET
import { App, Body, dependency } from "madeleine";
import { z } from "zod";

const signed = dependency({ body: Body(z.unknown()) }, ({ body }) => body);

export const app = new App({ dependencies: [signed] });
app.get("/items", () => []);
