import { parse, type FunctionExpression, type MethodDefinition, type Pattern } from "acorn";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parameterNames } from "../src/parameter-names.ts";

type AnyFunction = (...parameters: never[]) => unknown;

// Evaluated, so that the text that is read is the one that the engine gives.
const evaluate = (source: string): AnyFunction => new Function(`return (${source})`)() as AnyFunction;
const namesOf = (source: string) => parameterNames(evaluate(source));

const examples: [string, (string | undefined)[] | undefined][] = [
  ["() => 1", []],
  ["a => a", ["a"]],
  ["async a => a", ["a"]],
  ["async => async", ["async"]],
  ["async (a, b) => a", ["a", "b"]],
  ["(a, b,) => a", ["a", "b"]],
  ["(a, { b, c }, [d], ...e) => a", ["a", undefined, undefined, "e"]],
  ["({ a }, ...[b]) => a", [undefined, undefined]],
  ["({}, [], a) => a", [undefined, undefined, "a"]],
  ["function (a) {}", ["a"]],
  ["function* named(a, b) {}", ["a", "b"]],
  ["async function* (a) {}", ["a"]],
  ["function f(a){return}", ["a"]],
  ["function /* (x) */ f /* y => */ (/* z, */ a /* , b */, // c,\n d) {}", ["a", "d"]],
  ["(a = ')', b = `)${')'}`, c = /[)/]\\)/, d = (e, f) => e, g = function (h) {}) => a", ["a", "b", "c", "d", "g"]],
  ["(a = `${`${a.replace(/`/g, '}')}`}`, b) => a", ["a", "b"]],
  ["(a = 1 / 2, b = a++ / f(b / 3), c = x.return / (2), d) => a", ["a", "b", "c", "d"]],
  ["(a = () => { if (b) /[(]/.test(b); }, c) => a", ["a", "c"]],
  ["(a = () => { {} /[(]/.test(b); }, c) => a", ["a", "c"]],
  ["(a = x.if(y) / z / (1), b) => a", ["a", "b"]],
  ["(a = { b: 1, c() {} }, d = [1, 2], e = class { f(g, h) {} }) => a", ["a", "d", "e"]],
  ["(名前, café, $, _, ᢅx) => 1", ["名前", "café", "$", "_", "ᢅx"]],
  ["(\\u0061b, c\\u{64}) => 1", ["ab", "cd"]],
  ["({ m(a, b) {} }).m", ["a", "b"]],
  ["({ async *m(a) {} }).m", ["a"]],
  ["({ 'a(b'(c) {} })['a(b']", ["c"]],
  ["({ 1(a) {} })[1]", ["a"]],
  ["({ ['a' + ('b')](c) {} }).ab", ["c"]],
  ["({ [`${'a'}(`](c) {} })['a(']", ["c"]],
  ["({ class(a) {} }).class", ["a"]],
  ["({ class$(a) {} }).class$", ["a"]],
  ["({ constructor(a) {} }).constructor", ["a"]],
  ["({ get(a) {}, set(b) {} }).set", ["b"]],
  ["class A{constructor(a,b){}}", ["a", "b"]],
  ["class A{}", undefined],
  ["class{}", undefined],
  ["class A extends Object {}", undefined],
  ["class A { 'constructor'(a) {} }", ["a"]],
  ["class A { 'a constructor(' = 1; constructor(a) {} }", ["a"]],
  ["class A { static constructor(a) {} }", undefined],
  ["class A { static\nconstructor(a) {} }", undefined],
  ["class A { static async constructor(a) {} constructor(b) {} }", ["b"]],
  ["class A { static get constructor() {} constructor(b) {} }", ["b"]],
  ["class A { static *constructor(a) {} constructor(b) {} }", ["b"]],
  ["class A { ['constructor'](a) {} }", undefined],
  ["class A { x = this.constructor(1); y = 2 + constructor(3); z = () => constructor(4); w = [constructor(5)] }", undefined],
  ["class A { x = 1\n constructor(a) {} }", ["a"]],
  ["class A { x\n constructor(a) {} }", ["a"]],
  ["class A { x = {}\n constructor(a) {} }", ["a"]],
  ["class A { x = `${1}`\n constructor(a) {} }", ["a"]],
  ["class A { static { if (0) { this.constructor(1); } } constructor(a) {} }", ["a"]],
  ["class A { #a = 1; get #b() {} #c(d) {} constructor(e) { this.#a; } }", ["e"]],
  ["class A { m(constructor) { constructor(1); } constructor(a) {} }", ["a"]],
  ["class A { m() { return { constructor(b) {} }; } constructor(a) {} }", ["a"]],
  ["class A { m() { return class { constructor(b) {} }; } constructor(a) {} }", ["a"]],
  ["class A extends class { constructor(a) {} } { constructor(b) { super(b); } }", ["b"]],
  ["class A extends class { constructor(a) {} } {}", undefined],
  ["class A extends (class { constructor(a) {} }) { constructor(b) { super(b); } }", ["b"]],
  ["class A extends function () { function constructor(a) {} } { constructor(b) { super(b); } }", ["b"]],
  ["class A extends { class: Object }.class { constructor(b) { super(b); } }", ["b"]],
  ["class A extends Object { constructor(...all) { super(...all); } }", undefined],
  ["class A extends Object { constructor() { super(...arguments); this.x = 1; } }", undefined],
  ["class A extends Object { constructor(all) { super(...all); } }", ["all"]],
  ["class A extends Object { constructor(a, ...rest) { super(...rest); } }", ["a", "rest"]],
  ["class A extends Object { constructor(...all) { super(all); } }", ["all"]],
  ["class A extends Object { constructor() { super(); } }", []],
  ["[].push", undefined],
  ["((a) => a).bind(null)", undefined],
  ["new Proxy(class { constructor(a) {} }, {})", undefined],
  ["Map", undefined],
];

test("names are given in order, undefined for a destructured parameter and where there is no source or constructor", () => {
  for (const [source, names] of examples) assert.equal(namesOf(source), names, source);
});

test("parameter properties are found in the constructor that they are compiled to", () => {
  class Base {
    constructor(readonly base: string) {}
  }
  class Compiled extends Base {
    readonly #own = "constructor(a)";
    constructor(
      private readonly one: string,
      public two = "(",
      three: number[] = [],
    ) {
      super(`${one}${two}${three.length}`);
    }
    all() {
      return [this.#own, this.one];
    }
  }
  assert.equal(parameterNames(Compiled as unknown as AnyFunction), ["one", "two", "three"]);
});

test("a long string or comment does not exhaust the stack", () => {
  const long = `\\"${"x(".repeat(500_000)}`;
  assert.equal(namesOf(`(a = "${long}", /* ${"(*".repeat(500_000)} */ b = \`${long}\`) => a`), ["a", "b"]);
});

// --- generated functions, against a real parser ---

const name = fc.constantFrom("a", "b1", "$c", "_d", "é", "名", "async", "get", "of", "constructor_", "classes", "static_");
const space = fc.constantFrom("", " ", "\n", " /* ) , => { */ ", " // ( `\n", "\t", " /* * / ' */ ");

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie("expression");
  const text = (strings: TemplateStringsArray, ...parts: fc.Arbitrary<string>[]) =>
    fc.tuple(...parts).map((values) => String.raw({ raw: strings }, ...values));
  return {
    expression: fc
      .oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom(
          '")"',
          "'(,'",
          '"\\""',
          "'\\\\'",
          "`}`",
          "`\\`${1}`",
          "`$`",
          "/[/)]/",
          "/\\//g",
          "/(?:,)/u",
          "1",
          ".5",
          "1e3",
          "0x1F",
          "1_0n",
          "x",
          "x.class",
          "[]",
          "{}.a",
          "/=/",
          "/[`]/",
        ),
        text`${inner} / ${inner}`,
        text`(${inner}, ${inner})`,
        text`[${inner},${space}${inner}]`,
        text`{ a: ${inner}, ${space}b }.a`,
        text`\`(\${${inner}})\${ ${inner} }\``,
        text`((a,${space}b = ${inner}) => ${inner})`,
        text`function${space} (a, ...b) { if (a)${space}/[(]/.test(b); else /\\(/.exec(a); return ${inner}; }`,
        text`{ m(a = ${inner}) { return${space} /[{]/; }, get x() { return 1 }, [${inner}]: 1 }.m`,
        text`class { #p = ${inner}; static x = 1; constructor(q = ${inner}) {} m() { return this.#p / 2 } }`,
        text`typeof ${inner}`,
        text`x[${inner}] / ${inner}`,
        text`f(${inner}) / ${inner}`,
        text`x.if(${inner}) / ${inner}`,
        text`(x++ / ${inner})`,
      )
      .map((source) => `(${source})`),
  };
});

const pattern = fc.oneof(
  name,
  fc.tuple(name, expression).map(([of, value]) => `${of} = ${value}`),
  fc.tuple(name, expression).map(([of, value]) => `{ ${of}: x, y = ${value} } = {}`),
  expression.map((value) => `[p, q = ${value}]`),
);
const parameters = fc
  .tuple(
    fc.array(pattern, { maxLength: 4 }),
    fc.option(fc.constantFrom("...rest", "...[r]", "...{ length }"), { nil: undefined }),
    space,
  )
  .map(([list, rest, between]) => [...list, ...(rest === undefined ? [] : [rest])].join(`${between},${between}`));

const member = fc.oneof(
  fc.tuple(parameters, expression).map(([list, body]) => `method(${list}) { return ${body}; }`),
  expression.map((value) => `field = ${value};`),
  expression.map((value) => `other = ${value}\n`),
  expression.map((value) => `static s = () => ${value};`),
  expression.map((value) => `static { if (0) { ${value}; this.constructor(1); } }`),
  expression.map((value) => `get #private() { return ${value}; }`),
  fc.constantFrom(
    "bare\n",
    "static constructor(x) {}",
    "static async *constructor(x) {}",
    "['a' + '(']() {}",
    "made = this.constructor(1);",
    "'a b'(c) {}",
    "static = 1;",
  ),
);

function expectedNames(list: readonly Pattern[]): (string | undefined)[] {
  return list.map((parameter) => {
    const target =
      parameter.type === "AssignmentPattern" ? parameter.left : parameter.type === "RestElement" ? parameter.argument : parameter;
    return target.type === "Identifier" ? target.name : undefined;
  });
}

/** Undefined where the generated text is no program: two parameters of one name, say. */
function parseExpression(source: string) {
  try {
    const [statement] = parse(`(${source})`, { ecmaVersion: 2022 }).body;
    return statement?.type === "ExpressionStatement" ? statement.expression : undefined;
  } catch {
    return undefined;
  }
}

test("the names of generated functions, methods and arrows are those that a parser finds", () => {
  let checked = 0;
  const shapes = fc.constantFrom<(list: string, body: string) => [source: string, whole: string]>(
    (list, body) => [`function named(${list}) { return ${body}; }`, ""],
    (list, body) => [`async function* (${list}) { return ${body}; }`, ""],
    (list, body) => [`(${list}) => ${body}`, ""],
    (list, body) => [`async (${list}) => ${body}`, ""],
    (list, body) => [`{ m(${list}) { return ${body}; } }`, ".m"],
    (list, body) => [`{ async* ['m' + (0, '')](${list}) { return ${body}; } }`, ".m"],
  );
  const property = fc.property(shapes, parameters, expression, space, (shape, list, body, between) => {
    const [source, access] = shape(`${between}${list}${between}`, body);
    const parsed = parseExpression(source);
    if (parsed === undefined) return;
    const node = (
      parsed.type === "ObjectExpression" ? (parsed.properties[0] as { value: unknown }).value : parsed
    ) as FunctionExpression;
    checked += 1;
    assert.equal(parameterNames(evaluate(`(${source})${access}`)), expectedNames(node.params));
  });
  fc.assert(property, { numRuns: 1500 });
  assert.ok(checked > 500, `${checked} of the generated functions were programs`);
});

test("the constructor of a generated class is the one that a parser finds", () => {
  let checked = 0;
  const heritage = fc.constantFrom(
    "",
    " extends Object",
    " extends class { constructor(wrong) {} }",
    " extends (class { f(x) {} })",
    " extends { class: Object }.class",
  );
  const classes = fc.tuple(
    heritage,
    fc.array(member, { maxLength: 4 }),
    fc.option(parameters, { nil: undefined }),
    fc.array(member, { maxLength: 2 }),
    space,
  );
  const property = fc.property(classes, ([parent, before, list, after, between]) => {
    const own = list === undefined ? [] : [`constructor${between}(${list}) { ${parent === "" ? "" : "super();"} }`];
    const source = `class A${parent}${between}{${between}${[...before, ...own, ...after].join(between)}}`;
    const parsed = parseExpression(source);
    if (parsed?.type !== "ClassExpression") return;
    const found = parsed.body.body.find(
      (one): one is MethodDefinition => one.type === "MethodDefinition" && one.kind === "constructor",
    );
    checked += 1;
    assert.equal(parameterNames(evaluate(source)), found && expectedNames(found.value.params), source);
  });
  fc.assert(property, { numRuns: 1500 });
  assert.ok(checked > 500, `${checked} of the generated classes were programs`);
});

test.run();
