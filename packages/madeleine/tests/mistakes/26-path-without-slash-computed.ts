// mistake 26: the same, where the compiler cannot see the text
// caught: boot PATH_SYNTAX
import { App, Controller, Get } from "madeleine";

const path: string = ["items", "list"].join("/");

@Controller()
class Items {
  @Get(path)
  list() {
    return [];
  }
}

export const app = new App({ controllers: [Items] });
