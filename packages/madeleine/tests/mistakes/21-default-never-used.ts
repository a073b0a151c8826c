// mistake 21: a default that could never be used, as the schema requires a value
// caught: compiler TS1239
import { App, Controller, Get, Query } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items")
  list(@Query(z.number()) limit = 10) {
    return limit;
  }
}

export const app = new App({ controllers: [Items] });
