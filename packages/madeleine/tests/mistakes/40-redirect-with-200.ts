// mistake 40: a redirect whose status is none
// caught: compiler TS2345
import { App, Controller, Get, RedirectResponse } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list() {
    return new RedirectResponse("/elsewhere", 200);
  }
}

export const app = new App({ controllers: [Items] });
