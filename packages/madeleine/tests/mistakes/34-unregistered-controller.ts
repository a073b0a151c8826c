// mistake 34: a controller that no application lists
// caught: warning UNUSED_CONTROLLER
import { App, Controller, Get } from "madeleine";

@Controller("/items")
class Items {
  @Get("/")
  list() {
    return [];
  }
}

export const app = new App();
export { Items };
