// mistake 7: two decorators on one parameter
// caught: boot DOUBLY_BOUND_PARAMETER
import { App, Controller, Cookie, Get, Query } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(@Query() @Cookie() theme?: string) {
    return theme ?? null;
  }
}

export const app = new App({ controllers: [Items] });
