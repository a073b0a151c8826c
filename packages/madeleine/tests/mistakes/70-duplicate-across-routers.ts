// mistake 70: the same route in two routers
// caught: boot DUPLICATE_ROUTE
import { App, Path, Router } from "madeleine";

const one = new Router("/items");
one.get("/:id", { id: Path() }, ({ id }) => id);
const two = new Router("/items");
two.get("/:name", { name: Path() }, ({ name }) => name);

export const app = new App().include(one).include(two);
