// mistake 27: the notation of other frameworks for a path parameter
// caught: compiler TS2345
import { App, Controller, Get, Path } from "madeleine";

@Controller()
class Items {
  @Get("/items/{id}")
  read(@Path() id: string) {
    return id;
  }
}

export const app = new App({ controllers: [Items] });
