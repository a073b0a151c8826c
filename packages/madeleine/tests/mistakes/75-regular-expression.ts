// mistake 75: a regular expression in the text of a path
// caught: boot PATH_SYNTAX
import { App } from "madeleine";

export const app = new App();
app.get("/(a+)+$", () => 1);
