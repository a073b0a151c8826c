// mistake 83: a constraint whose backslash was written once
// caught: boot PATH_SYNTAX
import { App, Path } from "madeleine";

export const app = new App();
// oxlint-disable-next-line no-useless-escape -- the mistake
app.get("/items/:id(\d+)", { id: Path() }, ({ id }) => id);
