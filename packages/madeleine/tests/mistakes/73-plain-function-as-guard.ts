// mistake 73: a guard that is a plain function
// caught: boot NOT_INJECTABLE
import { App, type Request } from "madeleine";

function isAdmin(request: Request) {
  return request.headers.has("x-admin");
}

export const app = new App({ dependencies: [isAdmin as never] });
app.get("/", () => 1);
