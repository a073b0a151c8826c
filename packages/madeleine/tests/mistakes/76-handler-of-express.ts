// mistake 76: a handler that was written for another framework
// caught: load takes 2 parameters, and gets none
import { App } from "madeleine";

const handler = (request: unknown, response: { send(text: string): void }) => response.send(String(request));

export const app = new App();
app.get("/", handler as never);
