// mistake 2: a value that can be missing is not declared so
// caught: compiler TS1239
import { App, Controller, Get, Query } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(@Query() q: string) {
    return q;
  }
}

export const app = new App({ controllers: [Items] });
