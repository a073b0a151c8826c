// mistake 67: a controller without a route
// caught: warning EMPTY_CONTROLLER
import { App, Controller } from "madeleine";

@Controller()
class Items {
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
