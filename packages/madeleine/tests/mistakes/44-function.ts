// mistake 44: a function as the returned value
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  read() {
    return () => 1;
  }
}

export const app = new App({ controllers: [Items] });
