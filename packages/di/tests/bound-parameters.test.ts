import "reflect-metadata";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bindParameters, dependency, Injectable, parametersOf, Place, type Class } from "../src/index.ts";
import { Given, problemsOf } from "./graph-of.ts";

const user = dependency({}, () => "alice");
class Connection {}

// What an application gives: a class with the name of a global one.
const Ours = { Response: class Response {}, Request: class Request {} };
const provided: Class[] = [Ours.Response, Ours.Request];

const itemsPlace = placeHere();

function placeHere(): Place {
  return new Place(placeHere);
}

function bindMethod(target: Class, isDecorated = true) {
  const owner = { label: "Items.list (GET /items)", place: itemsPlace, isDecorated, className: "Items" };
  return bindParameters(parametersOf(target.prototype as object, "list"), owner, provided);
}

/** Puts on a method what a decorator of it makes the compiler emit, or leaves it out. */
function emitTypes(target: Class, types: unknown[] | undefined): void {
  if (types === undefined) Reflect.deleteMetadata("design:paramtypes", target.prototype as object, "list");
  else Reflect.defineMetadata("design:paramtypes", types, target.prototype as object, "list");
}

test("a parameter asks for what its decorator says, else for its declared class", () => {
  class Items {
    list(@user() name: string, connection: Connection, @Given<number>() id: number) {
      return [name, connection, id];
    }
  }
  const { bound, problems } = bindMethod(Items);
  assert.equal(problems, []);
  assert.equal(
    bound.map(({ name }) => name),
    ["name", "connection", "id"],
  );
  assert.equal([bound[0]?.need, bound[1]?.need], [user, Connection]);
});

class Items {
  list(value: unknown) {
    return value;
  }
}

test("an interface, a text or a number without a decorator is a problem that says what to write", () => {
  for (const [type, example] of [
    [Object, "z.string().optional()"],
    [String, "z.string().optional()"],
    [Number, "z.number()"],
    [Boolean, "z.boolean()"],
    [Array, "z.array(z.string())"],
    [Date, "z.date()"],
    [Promise, "z.string().optional()"],
    [undefined, "z.string().optional()"],
  ] as const) {
    emitTypes(Items, [type]);
    assert.equal(bindMethod(Items).problems, [
      {
        code: "UNBOUND_PARAMETER",
        what: "Parameter 1 (value) of Items.list (GET /items) has no decorator, and its declared type is not a class.",
        where: itemsPlace.toString(),
        mend: `decorate it, for example @Query(${example}) value; for an interface, @Depends(TheClass)`,
      },
    ]);
  }
});

test("a class that was imported as a type is a problem that says so", () => {
  emitTypes(Items, [Function]);
  const [problem] = bindMethod(Items).problems;
  assert.is(problem?.code, "UNBOUND_PARAMETER");
  assert.is(
    problem?.what,
    "Parameter 1 (value) of Items.list (GET /items) has no decorator, and its declared type is not a class at run time.",
  );
  assert.is(problem?.mend, "import the class itself: import { … } instead of import type { … }");
});

test("a global class whose name is that of a provided one is a forgotten import", () => {
  emitTypes(Items, [globalThis.Response]);
  const [problem] = bindMethod(Items).problems;
  assert.is(problem?.code, "GLOBAL_CLASS");
  assert.is(
    problem?.what,
    "Parameter 1 (value) of Items.list (GET /items) is declared as the global Response of the web platform, not as Madeleine's: its import is missing.",
  );
  assert.is(problem?.mend, 'import { Response } from "madeleine";');
  emitTypes(Items, [Ours.Response]);
  assert.equal(bindMethod(Items).bound, [{ need: Ours.Response, name: "value" }]);
});

test("without emitted types the problem names the parameter and offers a decorator, of the likely class", () => {
  class Untyped {
    list(response: unknown) {
      return response;
    }
  }
  const [problem] = bindMethod(Untyped).problems;
  assert.is(problem?.code, "MISSING_METADATA");
  assert.match(
    problem?.what ?? "",
    /^Parameter 1 \(response\) of Items\.list \(GET \/items\) has no decorator, and the compiler emitted no types: /,
  );
  assert.is(
    problem?.mend,
    'write @Depends(Response) before it, or compile with "emitDecoratorMetadata": true (tsc, @oxc-node/core, swc)',
  );
});

test("metadata that a compiler left out is missed in a constructor, too", () => {
  @Injectable()
  class Service {
    constructor(readonly connection: Connection) {}
  }
  Reflect.deleteMetadata("design:paramtypes", Service);
  const [problem, ...more] = problemsOf([Service]);
  assert.equal(more, []);
  assert.is(problem?.code, "MISSING_METADATA");
  assert.match(
    problem?.what ?? "",
    /^Parameter 1 \(connection\) of the constructor of Service has no decorator, and the compiler emitted no types: /,
  );
  assert.match(problem?.where ?? "", /^packages\/di\/tests\/bound-parameters\.test\.ts:\d+:\d+$/);
});

test("a class that nothing decorates has no types: the problem says to decorate it", () => {
  class Plain {
    constructor(readonly connection: Connection) {}
  }
  const [problem, ...more] = problemsOf([Plain]);
  assert.equal(more, []);
  assert.is(problem?.code, "UNDECORATED_CLASS");
  assert.is(
    problem?.what,
    "Parameter 1 (connection) of the constructor of Plain has no decorator, and the compiler emits types only for classes that have one.",
  );
  assert.is(problem?.mend, "write @Injectable() before class Plain, or decorate the parameter");
});

test("two decorators that each provide a value are a problem", () => {
  class Twice {
    list(@user() @user() name: string) {
      return name;
    }
  }
  const [problem] = bindMethod(Twice).problems;
  assert.is(problem?.code, "DOUBLY_BOUND_PARAMETER");
  assert.is(problem?.what, "Parameter 1 (name) of Items.list (GET /items) has 2 decorators that each provide a value.");
});

test("a destructured parameter is told by its number", () => {
  class Destructured {
    list({ name }: { name: string }) {
      return name;
    }
  }
  emitTypes(Destructured, [Object]);
  assert.match(bindMethod(Destructured).problems[0]?.what ?? "", /^Parameter 1 of Items\.list/);
});

test.run();
