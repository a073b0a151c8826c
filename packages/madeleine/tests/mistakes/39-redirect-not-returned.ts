// mistake 39: a redirect that is made and not returned, where a value is documented
// caught: compiler TS1241
import { App, Controller, Get, RedirectResponse } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items", { response: z.object({ id: z.number() }) })
  list() {
    new RedirectResponse("/elsewhere");
  }
}

export const app = new App({ controllers: [Items] });
