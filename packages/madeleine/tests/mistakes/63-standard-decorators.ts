// mistake 63: a decorator is called as the standard ones are: experimentalDecorators is off
// caught: load experimentalDecorators
import { App, Get } from "madeleine";

export const app = new App();
(Get("/") as unknown as (value: unknown, context: object) => void)(() => 1, { kind: "method", name: "list" });
