// mistake 18: a body on a GET route
// caught: boot BODY_ON_GET
import { App, Body, Controller, Get } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items")
  list(@Body(z.object({ q: z.string() })) body: { q: string }) {
    return body.q;
  }
}

export const app = new App({ controllers: [Items] });
