// mistake 53: an injected class that is imported as a type
// caught: boot UNBOUND_PARAMETER
import { App, Controller, Get } from "madeleine";
import { type Store } from "./given/store.ts";

@Controller()
class Items {
  constructor(readonly store: Store) {}

  @Get("/items")
  list() {
    return this.store.read();
  }
}

export const app = new App({ controllers: [Items] });
