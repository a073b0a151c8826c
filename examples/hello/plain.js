// The same in plain JavaScript: no decorators, no compiler.
import { App, Query } from "madeleine";
import { z } from "zod";

const app = new App({ title: "Hello, plainly" });

app.get("/", { name: Query(z.string().default("world")) }, ({ name }) => ({ message: `Hello, ${name}!` }));

await app.listen({ port: Number(process.env.PORT ?? 8000) });
