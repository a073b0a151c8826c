// mistake 43: an await forgotten inside the returned object
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

const find = async () => ({ id: 1 });

@Controller()
class Items {
  @Get("/items")
  read() {
    return { item: find() };
  }
}

export const app = new App({ controllers: [Items] });
