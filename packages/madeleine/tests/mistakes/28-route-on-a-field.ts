// mistake 28: a route decorator on a field
// caught: compiler TS1240
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list = () => [];
}

export const app = new App({ controllers: [Items] });
