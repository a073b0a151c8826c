import { Controller, Get } from "madeleine";
import { greeting } from "../../data.mjs";

@Controller()
class Hello {
  @Get("/")
  hello() {
    return greeting;
  }
}

export const options = { controllers: [Hello] };
