// mistake 76: a middleware that was written for another framework
// caught: boot NOT_A_MIDDLEWARE
import { App } from "madeleine";

const log = (request: unknown, response: unknown, next: () => void) => next();

export const app = new App({ middleware: [log as never] });
app.get("/", () => 1);
