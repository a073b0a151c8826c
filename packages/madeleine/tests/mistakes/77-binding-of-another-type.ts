// mistake 77: a binding to a class of another type
// caught: compiler TS2345
import { App, bind } from "madeleine";

abstract class Repository {
  abstract find(): string;
}
class Other {
  search() {
    return "";
  }
}

export const app = new App({ provide: [bind(Repository, Other)] });
