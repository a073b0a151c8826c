import { test } from "uvu";
import * as assert from "uvu/assert";
import { dependency, Injectable, parametersOf } from "../src/index.ts";
import { constructingClass } from "../src/parameters.ts";
import { Given, valueOf } from "./graph-of.ts";

class Connection {}
const user = dependency({}, () => "alice");

/** A method decorator that hides the method behind another function, with its own parameters. */
function Wrapped(_target: object, _key: string | symbol, descriptor: PropertyDescriptor): PropertyDescriptor {
  const wrapped = descriptor.value as (...all: unknown[]) => unknown;
  return {
    ...descriptor,
    value(...all: unknown[]) {
      return wrapped.apply(this, all);
    },
  };
}

test("parameters are told in order, with their names, needs and emitted types", () => {
  class Items {
    @Wrapped
    list(@user() name: string, connection: Connection, @Given<{ a: number }>() { a }: { a: number }) {
      return [name, connection, a];
    }
  }
  const [name, connection, destructured, ...more] = parametersOf(Items.prototype, "list");
  assert.equal(more, []);
  assert.equal(
    [name?.index, name?.name, name?.needs, name?.type],
    [0, "name", [user], String],
    "names are those before the wrapping",
  );
  assert.equal([connection?.index, connection?.needs, connection?.type], [1, [], Connection]);
  assert.equal([destructured?.index, destructured?.name, destructured?.needs.length], [2, undefined, 1]);
  assert.ok(name?.hasEmittedTypes);
});

test("without emitted types, what is declared is known from the source", () => {
  class Plain {
    list(one: string, two = 2, ...three: string[]) {
      return [one, two, three];
    }
  }
  const parameters = parametersOf(Plain.prototype, "list");
  assert.equal(
    parameters.map(({ name, type, hasEmittedTypes }) => [name, type, hasEmittedTypes]),
    [
      ["one", undefined, false],
      ["two", undefined, false],
      ["three", undefined, false],
    ],
  );
});

test("a method's parameters are its own: an override does not inherit the decorators of the method that it hides", () => {
  class Base {
    list(@user() name: string) {
      return name;
    }
  }
  class Sub extends Base {
    override list(other: string) {
      return other;
    }
  }
  assert.is(parametersOf(Base.prototype, "list")[0]?.needs.length, 1);
  assert.equal(parametersOf(Sub.prototype, "list")[0]?.needs, []);
});

test("methods may be named by symbols, and static", () => {
  const key = Symbol("list");
  class Items {
    [key](@user() name: string) {
      return name;
    }
    static all(@user() name: string) {
      return name;
    }
  }
  assert.is(parametersOf(Items.prototype, key)[0]?.name, "name");
  assert.is(parametersOf(Items, "all")[0]?.name, "name");
});

test("a subclass without a constructor, or with one that hands on what it gets, has the parameters of its base", async () => {
  @Injectable({ scope: "request" })
  class Base {
    constructor(
      @user() readonly name: string,
      @Given<number>() readonly id: number,
    ) {}
  }
  @Injectable({ scope: "request" })
  class Silent extends Base {}
  @Injectable({ scope: "request" })
  class Mixed extends Base {
    readonly isMixed = true;
    constructor(...all: ConstructorParameters<typeof Base>) {
      super(...all);
    }
  }
  const Compiled = new Function("Base", "return class extends Base { constructor() { super(...arguments); this.x = 1; } }")(
    Base,
  ) as typeof Base;
  Injectable({ scope: "request" })(Compiled);
  for (const target of [Silent, Mixed, Compiled]) {
    assert.is(constructingClass(target), Base);
    const made = (await valueOf(target, { id: 7 })) as Base;
    assert.ok(made instanceof target);
    assert.equal([made.name, made.id], ["alice", 7]);
  }
});

test("a subclass with a constructor of its own has its own parameters, also where it has none", async () => {
  @Injectable({ scope: "request" })
  class Base {
    constructor(@user() readonly name: string) {}
  }
  @Injectable({ scope: "request" })
  class Fixed extends Base {
    constructor() {
      super("fixed");
    }
  }
  assert.is(constructingClass(Fixed), Fixed);
  assert.is((await valueOf(Fixed)).name, "fixed");
});

test("a class that extends a native one has no parameters", async () => {
  @Injectable({ scope: "request" })
  class Registry extends Map<string, number> {}
  assert.is((await valueOf(Registry)).size, 0);
});

test("a decorator of a parameter anywhere else is an error that says where it belongs", () => {
  const decorate = user as unknown as (...place: unknown[]) => unknown;
  assert.throws(() => decorate({}, "property"), "This decorator belongs on a parameter of a method or constructor.");
  assert.throws(
    () => decorate({}, "method", { value() {} }),
    "This decorator belongs on a parameter of a method or constructor.",
  );
  assert.throws(() => decorate(undefined, { kind: "field", name: "x" }), /need "experimentalDecorators": true/);
});

test("a parameter of a setter is refused, without calling the getter", () => {
  assert.throws(() => {
    class Account {
      get name(): string {
        throw new Error("the getter is not called");
      }
      // @ts-expect-error the compiler refuses it, too
      set name(@user() _name: string) {}
    }
    return Account;
  }, "A parameter of a setter cannot be injected: nobody calls it with one.");
});

test.run();
