// mistake 79: an override of what no route asks for
// caught: warning UNUSED_OVERRIDE
import { App, dependency } from "madeleine";

const role = (name: string) => dependency({}, () => name);
const admin = role("admin");

export const app = new App();
app.get("/", { admin }, ({ admin }) => admin);
app.override(role("admin"), () => "guest");
