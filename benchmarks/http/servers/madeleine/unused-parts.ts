import { Controller, Cookie, dependency, Get, Query } from "madeleine";
import { options as hello } from "./hello.ts";
import { options as thousandRoutes } from "./routes1000.ts";

/** Hello beside 1,000 routes, 20 dependencies and 20 controllers that it does not use. */
function unusedController(index: number) {
  const Unused = dependency({ text: Query("text"), cookie: Cookie(`cookie${index}`) }, ({ text, cookie }) => text ?? cookie);

  @Controller(`/unused${index}`)
  class Controlled {
    @Get("/")
    show(@Unused() value?: string) {
      return value ?? null;
    }
  }
  return Controlled;
}

export const options = {
  controllers: [
    ...hello.controllers,
    ...thousandRoutes.controllers,
    ...Array.from({ length: 20 }, (_, index) => unusedController(index)),
  ],
};
