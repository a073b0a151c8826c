// mistake 45: nothing is returned where a value is documented
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items", { response: z.object({ id: z.number() }) })
  async read() {}
}

export const app = new App({ controllers: [Items] });
