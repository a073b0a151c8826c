// Where a route may stand, its path and its options: design sections 3, 4 and 6.
import { Body, Controller, Cookie, Delete, Get, Head, Injectable, JSONResponse, Patch, Path, Post, Put, Query, dependency } from "madeleine";
import { z } from "zod";

interface User { name: string }
class Pool {}
const CurrentUser = dependency({ sid: Cookie() }, ({ sid }) => sid);
const Item = z.object({ id: z.number() });

// A generic controller declares unknown, or returns a JSONResponse.
abstract class Crud<T> {
  protected abstract load(id?: number): T[];
  @Get() list(): unknown { return this.load(); }
  @Get("/:id") one(@Path(z.number()) id: number) { return new JSONResponse(this.load(id)); }
  @Get("/async") async later(): Promise<unknown> { return this.load(); }
  @Post("/") create(@Body(z.unknown()) body: unknown): unknown { return body; }
}

@Controller("/users")
class Users extends Crud<User> {
  protected load() { return []; }
  @Get("/:id") override one() { return new JSONResponse(this.load()); }
}

class Holder<T> {
  constructor(readonly value: T) {}
  @Get("/value") read(): unknown { return this.value; }
  @Get("/count") count(@Query(z.number()) n: number) { return { n }; }
}

@Controller()
class Right {
  @Get() a() {}
  @Get("") b() {}
  @Get("/") c() {}
  @Get("/x", {}) d() {}
  @Get("/:id(\\d{4})/:name.:ext/*rest") e() {}
  @Get("/x", { status: 201, name: "create", dependencies: [Pool, CurrentUser, Cookie("x"), dependency({}, () => 1)] }) f() {}
  @Get("/y") @Put("/y") @Patch("/y") @Delete("/y") @Head("/y") g() { return 1; }
  @Get(`/${"v1"}/x`) h() {}
  @Get(String(process.env["PATH_OF_ROUTE"])) i() {}
}

@Controller("/x", { dependencies: [CurrentUser] })
@Injectable({ scope: "request" })
class Prefixed {}

class Wrong {
  // @ts-expect-error static
  @Get("/1") static a() { return 1; }
  // @ts-expect-error private
  @Get("/2") private b() { return 1; }
  // @ts-expect-error protected
  @Get("/3") protected c() { return 1; }
  // @ts-expect-error a getter
  @Get("/4") get d() { return 1; }
  // @ts-expect-error a setter
  @Get("/5") set e(_value: number) {}
  // @ts-expect-error a field
  @Get("/6") f = 1;
  // @ts-expect-error a field that holds a function
  @Get("/7") g = () => 1;
  // @ts-expect-error no parentheses
  @Get h() { return 1; }
  // @ts-expect-error a class decorator
  @Controller() i() {}
  // @ts-expect-error a class decorator
  @Injectable() j() {}
  // @ts-expect-error no slash
  @Get("items") k() {}
  // @ts-expect-error another framework's parameter
  @Get("/items/{id}") l() {}
  // @ts-expect-error another framework's parameter
  @Get("/items/<int:id>") m() {}
  // @ts-expect-error another framework's parameter
  @Get("/items/[id]") n() {}
  // @ts-expect-error an empty segment
  @Get("//items") o() {}
  // @ts-expect-error an address
  @Get("https://example.com/items") p() {}
  // @ts-expect-error no text
  @Get(3) q() {}
  // @ts-expect-error no status
  @Get("/8", { status: 600 }) r() {}
  // @ts-expect-error no number
  @Get("/9", { status: "200" }) s() {}
  // @ts-expect-error misspelt
  @Get("/10", { respone: Item }) t() { return { id: 1 }; }
  // @ts-expect-error no schema
  @Get("/11", { response: { id: 1 } }) u() { return { id: 1 }; }
  // @ts-expect-error no dependency
  @Get("/12", { dependencies: [3] }) v() {}
  // @ts-expect-error no list
  @Get("/13", { dependencies: CurrentUser }) w() {}
}

// @ts-expect-error a route on a class
@Get("/x") class RouteClass {}
// @ts-expect-error a parameter decorator on a class
@Query() class ParameterClass {}
// @ts-expect-error a dependency on a class
@CurrentUser() class DependencyClass {}
// @ts-expect-error no slash
@Controller("users") class NoSlash {}
// @ts-expect-error another framework's parameter
@Controller("/users/{id}") class Braces {}
// @ts-expect-error no text
@Controller(3) class NoText {}
// @ts-expect-error no dependency
@Controller("/x", { dependencies: [1] }) class NoDependency {}
// @ts-expect-error no parentheses
@Controller class NoParentheses {}
// @ts-expect-error no such scope
@Injectable({ scope: "singleton" }) class NoScope {}

export { Braces, DependencyClass, Holder, NoDependency, NoParentheses, NoScope, NoSlash, NoText, ParameterClass, Prefixed, Right, RouteClass, Users, Wrong };
