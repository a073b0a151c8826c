// mistake 82: an error handler that is no rule
// caught: load a list of rules
import { App, Controller, Get } from "madeleine";

@Controller("/items", { errors: [((error: unknown) => String(error)) as never] })
class Items {
  @Get("/")
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
