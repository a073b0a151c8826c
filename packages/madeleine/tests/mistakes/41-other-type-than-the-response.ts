// mistake 41: the returned type is not what the response schema takes
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items", { response: z.object({ id: z.number() }) })
  read() {
    return { id: "one" };
  }
}

export const app = new App({ controllers: [Items] });
