// mistake 62: compiled without emitDecoratorMetadata, as tsx and esbuild do
// caught: boot MISSING_METADATA
import { App, Controller, Get, Response } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  list(response: Response) {
    response.setCookie("a", "b");
  }
}

// What is left of the class where the compiler emits no types.
Reflect.deleteMetadata("design:paramtypes", Items.prototype, "list");

export const app = new App({ controllers: [Items] });
