// mistake 38: a status that is none
// caught: compiler TS2322
import { App, Controller, Post } from "madeleine";

@Controller()
class Items {
  @Post("/items", { status: 600 })
  create() {
    return "created";
  }
}

export const app = new App({ controllers: [Items] });
