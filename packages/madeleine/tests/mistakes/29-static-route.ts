// mistake 29: a route on a static method
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  static list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
