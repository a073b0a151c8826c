// mistake 46: a body under a status that has none
// caught: compiler TS1241
import { App, Controller, Delete } from "madeleine";

@Controller()
class Items {
  @Delete("/items", { status: 204 })
  remove() {
    return { removed: true };
  }
}

export const app = new App({ controllers: [Items] });
