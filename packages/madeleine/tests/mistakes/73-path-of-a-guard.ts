// mistake 73: a guard reads a path parameter that the path does not have
// caught: boot UNKNOWN_PATH_PARAMETER
import { App, Path, dependency } from "madeleine";

const owner = dependency({ id: Path("id") }, ({ id }) => id);

export const app = new App();
app.get("/items", { dependencies: [owner] }, {}, () => []);
