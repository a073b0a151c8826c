// mistake 15: the same in the function form
// caught: compiler TS2322
import { App, Path } from "madeleine";

export const app = new App();
app.get("/items/:id?", { id: Path() }, ({ id }) => id);
