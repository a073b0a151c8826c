// mistake 17: a cookie is assumed to be present
// caught: compiler TS1239
import { App, Controller, Cookie, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(@Cookie() session_id: string) {
    return session_id;
  }
}

export const app = new App({ controllers: [Items] });
