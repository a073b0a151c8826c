// mistake 35: a routed method is overridden without its decorators
// caught: boot OVERRIDDEN_ROUTE
import { App, Controller, Get } from "madeleine";

class Base {
  @Get("/items")
  list() {
    return ["base"];
  }
}

@Controller()
class Items extends Base {
  override list() {
    return ["items"];
  }
}

export const app = new App({ controllers: [Items] });
