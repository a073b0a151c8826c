// mistake 55: a value of the application that needs one of a request
// caught: boot CAPTIVE_DEPENDENCY
import { App, Injectable, Request } from "madeleine";

@Injectable({ scope: "app" })
class Audit {
  constructor(readonly request: Request) {}
}

export const app = new App();
app.get("/", { audit: Audit }, ({ audit }) => audit.request.path);
