// mistake 67: a method with decorated parameters whose route decorator was forgotten
// caught: boot ROUTELESS_PARAMETER
import { App, Controller, Get, Query } from "madeleine";

@Controller()
class Items {
  list(@Query() q?: string) {
    return q ?? null;
  }

  @Get("/items")
  all() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
