// mistake 9: the schema gives any, which was not checked and passes for every type
// caught: compiler TS1239
import { App, Body, Controller, Post } from "madeleine";
import { z } from "zod";

interface User {
  name: string;
}

@Controller()
class Users {
  @Post("/users")
  create(@Body(z.any()) user: User) {
    return user.name;
  }
}

export const app = new App({ controllers: [Users] });
