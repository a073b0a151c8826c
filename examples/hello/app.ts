import { App, Controller, Get, Query } from "madeleine";
import { z } from "zod";

@Controller()
class Hello {
  @Get("/")
  greet(@Query(z.string().default("world")) name: string) {
    return { message: `Hello, ${name}!` };
  }
}

export const app = new App({ title: "Hello", controllers: [Hello] });
