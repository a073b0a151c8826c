// mistake 3: a repeated query is declared as a list, and its schema gives one value
// caught: compiler TS1239
import { App, Controller, Get, Query } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items")
  list(@Query(z.string()) q: string[]) {
    return q;
  }
}

export const app = new App({ controllers: [Items] });
