// mistake 70: two applications are mounted under one path
// caught: boot DUPLICATE_ROUTE
import { App } from "madeleine";

export const app = new App().mount("/admin", new App()).mount("/admin", new App());
