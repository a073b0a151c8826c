// mistake 80: a generator handler whose route does not say what it streams
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  *list() {
    yield 5;
  }
}

export const app = new App({ controllers: [Items] });
