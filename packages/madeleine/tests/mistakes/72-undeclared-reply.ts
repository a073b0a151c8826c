// mistake 72: a reply that the responses do not declare
// caught: compiler TS1241
import { App, Controller, Get, reply } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items", { responses: { 200: z.string() } })
  list() {
    return reply(404, { reason: "none" });
  }
}

export const app = new App({ controllers: [Items] });
