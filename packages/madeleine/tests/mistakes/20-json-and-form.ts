// mistake 20: one body read as JSON and as a form
// caught: boot CLASHING_BODIES
import { App, Body, Controller, Form, Post } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Post("/items")
  create(@Body("a", z.string()) a: string, @Form("b", z.string()) b: string) {
    return [a, b];
  }
}

export const app = new App({ controllers: [Items] });
