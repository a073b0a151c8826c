// mistake 57: what an asynchronous function resolves to is declared as its promise
// caught: compiler TS1239
import { App, Controller, Depends, Get } from "madeleine";

@Controller()
class Items {
  @Get("/items")
  async list(@Depends(async () => 1) count: Promise<number>) {
    return { count: await count };
  }
}

export const app = new App({ controllers: [Items] });
