// mistake 4: the same in the function form
// caught: compiler TS2322
import { App, Path } from "madeleine";

export const app = new App();
app.get("/items/:id", { ident: Path() }, ({ ident }) => ident);
