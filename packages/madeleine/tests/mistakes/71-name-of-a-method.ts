// mistake 71: a name that a method of a controller has by itself
// caught: boot DUPLICATE_NAME
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
app.get("/other", { name: "Items.list" }, {}, () => 1);
