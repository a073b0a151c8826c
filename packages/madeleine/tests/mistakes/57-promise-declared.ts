// mistake 57: an asynchronous dependency is declared as its promise
// caught: compiler TS1239
import { App, Controller, dependency, Get } from "madeleine";

const CurrentUser = dependency({}, async () => ({ name: "ada" }));

@Controller()
class Items {
  @Get("/me")
  read(@CurrentUser() user: Promise<{ name: string }>) {
    return user.then(({ name }) => name);
  }
}

export const app = new App({ controllers: [Items] });
