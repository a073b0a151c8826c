// mistake 33: a class without @Controller()
// caught: boot NOT_A_CONTROLLER
import { App, Get } from "madeleine";

class Items {
  @Get("/items")
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
