// mistake 34: a router with routes that nothing includes
// caught: warning UNUSED_ROUTER
import { App, Router } from "madeleine";

const users = new Router("/users");
users.get("/", () => []);

export const app = new App();
