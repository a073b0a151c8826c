// mistake 62: Response without its import is the one of the web platform
// caught: boot GLOBAL_CLASS
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(response: Response) {
    return response.status;
  }
}

export const app = new App({ controllers: [Items] });
