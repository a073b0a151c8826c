// mistake 15: a part of the path may be absent, and the parameter requires it
// caught: boot OPTIONAL_PATH_PARAMETER
import { App, Controller, Get, Path } from "madeleine";

@Controller()
class Items {
  @Get("/items/:id?")
  read(@Path() id: string) {
    return id;
  }
}

export const app = new App({ controllers: [Items] });
