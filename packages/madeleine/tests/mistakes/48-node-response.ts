// mistake 48: node's own response is asked for, and a value is returned as well
// caught: boot UNDECORATED_CLASS
import { ServerResponse } from "node:http";
import { App, Controller, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(response: ServerResponse) {
    response.end("x");
    return [];
  }
}

export const app = new App({ controllers: [Items] });
