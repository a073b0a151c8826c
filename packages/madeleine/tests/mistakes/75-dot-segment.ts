// mistake 75: a path that every client resolves
// caught: boot PATH_SYNTAX
import { App } from "madeleine";

export const app = new App();
app.get("/items/../users", () => 1);
