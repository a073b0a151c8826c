// mistake 17: a header is assumed to be present
// caught: compiler TS1239
import { App, Controller, Get, Header } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(@Header() userAgent: string) {
    return userAgent;
  }
}

export const app = new App({ controllers: [Items] });
