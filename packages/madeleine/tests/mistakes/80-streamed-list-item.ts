// mistake 80: an item of a stream that its schema does not take
// caught: compiler TS1241
import { App, Controller, EventStream, Get } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items", { response: EventStream(z.string()) })
  async *list() {
    yield 5;
  }
}

export const app = new App({ controllers: [Items] });
