// mistake 4: the path parameter has another name than the path
// caught: boot UNKNOWN_PATH_PARAMETER
import { App, Controller, Get, Path } from "madeleine";

@Controller()
class Items {
  @Get("/items/:id")
  read(@Path() ident: string) {
    return ident;
  }
}

export const app = new App({ controllers: [Items] });
