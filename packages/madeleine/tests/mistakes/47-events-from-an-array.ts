// mistake 47: a handler of an event stream returns an array
// caught: compiler TS1241
import { App, Controller, EventStream, Get } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/events", { response: EventStream(z.object({ n: z.number() })) })
  events() {
    return [{ n: 1 }];
  }
}

export const app = new App({ controllers: [Items] });
