import { Controller, Get, Module } from "@nestjs/common";
import { greeting } from "../../data.mjs";

@Controller()
class Hello {
  @Get("/")
  hello() {
    return greeting;
  }
}

@Module({ controllers: [Hello] })
class HelloModule {}

export { HelloModule as module };
