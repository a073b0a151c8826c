// mistake 74: a computed name that no header can have
// caught: boot IMPOSSIBLE_NAME
import { App, Header } from "madeleine";

const prefix: string = "x trace";

export const app = new App();
app.get("/", { trace: Header(`${prefix}-id`) }, ({ trace }) => trace ?? null);
