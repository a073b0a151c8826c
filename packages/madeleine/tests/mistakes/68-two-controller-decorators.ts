// mistake 68: two @Controller on one class, of which one counted
// caught: load has @Controller twice
import { App, Controller, Get } from "madeleine";

@Controller("/a")
@Controller("/b")
class Items {
  @Get("/")
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
