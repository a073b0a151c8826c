// mistake 5: a parameter of the path that nothing reads
// caught: boot UNUSED_PATH_PARAMETER
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items/:id")
  read() {
    return "an item";
  }
}

export const app = new App({ controllers: [Items] });
