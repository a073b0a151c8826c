// mistake 58: a dependency that may give undefined
// caught: compiler TS1239
import { App, Controller, Cookie, dependency, Get } from "madeleine";

const CurrentUser = dependency({ sid: Cookie("sid") }, ({ sid }) => (sid === undefined ? undefined : { name: sid }));

@Controller()
class Items {
  @Get("/me")
  read(@CurrentUser() user: { name: string }) {
    return user.name;
  }
}

export const app = new App({ controllers: [Items] });
