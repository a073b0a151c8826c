// mistake 43: a query builder that was never run, inside the returned object
// caught: compiler TS1241
import { App, Controller, Get } from "madeleine";

interface Rows<T> {
  then(use: (rows: T[]) => unknown): void;
  where(id: number): Rows<T>;
}
declare const users: Rows<{ name: string }>;

@Controller()
class Users {
  @Get("/users")
  list() {
    return { users: users.where(1) };
  }
}

export const app = new App({ controllers: [Users] });
