// mistake 51: an abstract class is asked for, and nothing stands for it
// caught: boot UNDECIDED_SCOPE
import { App, Controller, Get } from "madeleine";

abstract class Repository {
  abstract all(): string[];
}

@Controller()
class Items {
  constructor(private readonly repository: Repository) {}

  @Get("/items")
  list() {
    return this.repository.all();
  }
}

export const app = new App({ controllers: [Items] });
