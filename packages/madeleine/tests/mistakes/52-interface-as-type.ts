// mistake 52: an interface as the type of a constructor parameter
// caught: boot UNBOUND_PARAMETER
import { App, Controller, Get } from "madeleine";

interface Store {
  read(): string;
}

@Controller()
class Items {
  constructor(readonly store: Store) {}

  @Get("/items")
  list() {
    return this.store.read();
  }
}

export const app = new App({ controllers: [Items] });
