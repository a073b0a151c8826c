// mistake 76: a middleware that does not return the response
// caught: compiler TS2322
import { App } from "madeleine";

export const app = new App({
  middleware: [
    async (request, next) => {
      await next();
    },
  ],
});
