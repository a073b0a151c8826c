// mistake 6: a parameter without a decorator
// caught: boot UNBOUND_PARAMETER
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(limit: number) {
    return limit;
  }
}

export const app = new App({ controllers: [Items] });
