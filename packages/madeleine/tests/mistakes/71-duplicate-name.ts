// mistake 71: two routes of one name
// caught: boot DUPLICATE_NAME
import { App } from "madeleine";

export const app = new App();
app.get("/a", { name: "item" }, {}, () => 1);
app.get("/b", { name: "item" }, {}, () => 2);
