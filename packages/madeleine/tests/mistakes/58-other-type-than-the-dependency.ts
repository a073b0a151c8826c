// mistake 58: a parameter of another type than its dependency
// caught: compiler TS1239
import { App, Controller, dependency, Get } from "madeleine";

const CurrentUser = dependency({}, () => ({ name: "ada" }));

@Controller()
class Items {
  @Get("/me")
  read(@CurrentUser() user: string) {
    return user;
  }
}

export const app = new App({ controllers: [Items] });
