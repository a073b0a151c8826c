// mistake 83: an option of a dependency that there is none of
// caught: load there is no option scop
import { App, dependency } from "madeleine";

const counter = dependency({}, () => 1, { scop: "app" } as never);

export const app = new App();
app.get("/", { counter }, ({ counter }) => counter);
