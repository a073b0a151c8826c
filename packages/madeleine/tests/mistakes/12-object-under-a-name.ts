// mistake 12: an object schema for one query value
// caught: boot UNREADABLE_SCHEMA
import { App, Controller, Get, Query } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items")
  list(@Query("filter", z.object({ name: z.string() })) filter: { name: string }) {
    return filter.name;
  }
}

export const app = new App({ controllers: [Items] });
