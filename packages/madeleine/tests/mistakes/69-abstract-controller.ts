// mistake 69: an abstract class is listed as a controller
// caught: compiler TS2322
import { App, Controller, Get } from "madeleine";

@Controller()
abstract class Items {
  abstract all(): string[];

  @Get("/")
  list() {
    return this.all();
  }
}

export const app = new App({ controllers: [Items] });
