// mistake 24: two routes that answer the same requests
// caught: boot DUPLICATE_ROUTE
import { App, Controller, Get, Path } from "madeleine";

@Controller()
class Items {
  @Get("/items/:id")
  read(@Path() id: string) {
    return id;
  }

  @Get("/items/:name")
  find(@Path() name: string) {
    return name;
  }
}

export const app = new App({ controllers: [Items] });
