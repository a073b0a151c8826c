// mistake 19: two parameters that each take the whole body
// caught: boot CLASHING_BODIES
import { App, Body, Controller, Post } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Post("/items")
  create(@Body(z.object({ a: z.string() })) a: { a: string }, @Body(z.object({ b: z.string() })) b: { b: string }) {
    return [a.a, b.b];
  }
}

export const app = new App({ controllers: [Items] });
