import type { Middleware } from "madeleine";
import { options as hello } from "./hello.ts";

/** As most do: it waits, and looks at the answer. */
const wait: Middleware = async (_request, next) => {
  const response = await next();
  if (response.status === 418) throw new Error("hello is no teapot");
  return response;
};

/** Hello inside of four that the application puts around every route. */
export const options = { ...hello, middleware: [wait, wait, wait, wait] };
