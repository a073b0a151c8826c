// mistake 76: a class as the handler of a function route
// caught: load the handler is a class
import { App } from "madeleine";

class Items {}

export const app = new App();
app.get("/", Items as never);
