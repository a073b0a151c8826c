// mistake 31: a route on a private method
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  private list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
