// mistake 85: a route under the path of a mount, which answers for one of the application that is mounted
// caught: warning HIDDEN_ROUTE
import { App, Controller, Get } from "madeleine";

@Controller("/admin")
class Admin {
  @Get("/users")
  users() {
    return ["of the host"];
  }
}

const other = new App();
other.get("/users", () => ["never reached"]);

export const app = new App({ controllers: [Admin] }).mount("/admin", other);
