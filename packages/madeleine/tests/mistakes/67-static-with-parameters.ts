// mistake 67: a static method with decorated parameters
// caught: boot ROUTELESS_PARAMETER
import { App, Controller, Get, Query } from "madeleine";

@Controller()
class Items {
  static list(@Query() q?: string) {
    return q ?? null;
  }

  @Get("/items")
  all() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
