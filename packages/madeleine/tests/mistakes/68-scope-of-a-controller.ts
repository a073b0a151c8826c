// mistake 68: @Injectable() below @Controller(), whose scope was lost: it needs the request
// caught: boot CAPTIVE_DEPENDENCY
import { App, Controller, Cookie, Get, Injectable } from "madeleine";

@Controller()
@Injectable({ scope: "app" })
class Items {
  constructor(@Cookie() readonly session: string | undefined) {}

  @Get("/")
  list() {
    return this.session ?? null;
  }
}

export const app = new App({ controllers: [Items] });
