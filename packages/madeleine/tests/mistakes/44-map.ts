// mistake 44: a Map as the returned value
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  read() {
    return new Map([["id", 1]]);
  }
}

export const app = new App({ controllers: [Items] });
