// mistake 16: a header's name that no header can have
// caught: compiler TS2769
import { App, Header } from "madeleine";

export const app = new App();
app.get("/items", { trace: Header("x trace") }, ({ trace }) => ({ trace: trace ?? null }));
