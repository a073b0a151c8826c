// mistake 44: a bigint in the returned value
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  read() {
    return { id: 1n };
  }
}

export const app = new App({ controllers: [Items] });
