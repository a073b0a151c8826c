// mistake 1: the parameter is declared a number, the wire gives text
// caught: compiler TS1239
import { App, Controller, Get, Query } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(@Query() limit: number) {
    return limit;
  }
}

export const app = new App({ controllers: [Items] });
