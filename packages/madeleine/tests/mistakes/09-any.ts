// mistake 9: a parameter declared any
// caught: compiler TS1239
import { App, Controller, Get, Query } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items")
  list(@Query(z.number()) limit: any) {
    return String(limit);
  }
}

export const app = new App({ controllers: [Items] });
