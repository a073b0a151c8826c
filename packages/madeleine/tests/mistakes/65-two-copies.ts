// mistake 65: two copies of a package in one process
// caught: boot TWO_COPIES
import { registerCopy } from "@madeleine/di";
import { App } from "madeleine";

registerCopy("@madeleine/di", "file:///another/node_modules/@madeleine/di/dist/index.js");

export const app = new App();
