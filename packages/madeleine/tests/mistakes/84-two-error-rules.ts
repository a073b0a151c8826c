// mistake 84: two rules for one kind of error in one list
// caught: load errors answers 404 twice
import { App, onError, Router } from "madeleine";

const shared = [onError(404, () => "nothing here")];
const items = new Router("/items", { errors: [...shared, onError(404, () => "no such item")] });
items.get("/", () => []);

export const app = new App().include(items);
