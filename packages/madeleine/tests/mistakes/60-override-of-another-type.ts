// mistake 60: an override in a test gives another type
// caught: compiler TS2345
import { App, dependency } from "madeleine";

const CurrentUser = dependency({}, () => ({ name: "ada" }));

export const app = new App();
app.override(CurrentUser, () => 3);
