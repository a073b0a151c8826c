// mistake 30: a route on a getter
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  get list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
