// mistake 26: a path without its leading slash
// caught: compiler TS2345
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("items")
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
