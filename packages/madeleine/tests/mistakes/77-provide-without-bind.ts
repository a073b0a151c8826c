// mistake 77: a class in provide that is bound to nothing
// caught: load a list of bindings
import { App } from "madeleine";

class Repository {}

export const app = new App({ provide: [Repository as never] });
