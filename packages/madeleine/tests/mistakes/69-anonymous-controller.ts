// mistake 69: a class without a name and without @Controller()
// caught: boot NOT_A_CONTROLLER
import { App } from "madeleine";

export const app = new App({ controllers: [class {}] });
