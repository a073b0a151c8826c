// mistake 84: a second error handler for what one answers already
// caught: load which would never answer again
import { App } from "madeleine";

export const app = new App();
app.on(404, () => ({ error: "no such page" }));
app.on(404, () => ({ error: "nothing here" }));
