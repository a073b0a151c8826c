// mistake 32: the decorator of a class on a method
// caught: compiler TS1241
import { App, Controller } from "madeleine";

@Controller()
class Items {
  @Controller("/items")
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
