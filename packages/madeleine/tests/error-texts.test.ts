// test-timeout: 180
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile, compilers } from "./compile.ts";

// The ten errors that users meet most, by program: what the compiler says has to name both types, or the mend.
const method = (line: string, decorator = '@Get("/")') => `
import { Body, Controller, Cookie, Get, Header, Path, Query, Response, dependency } from "madeleine";
import { z } from "zod";
interface User { name: string }
declare const find: () => Promise<User>;
const CurrentUser = dependency({ sid: Cookie() }, ({ sid }): User | undefined => (sid === undefined ? undefined : { name: sid }));
@Controller() export class Items {
  ${decorator} ${line}
}
export const names = [Body, Header, Path, Query, Response, z, find, CurrentUser];
`;
const functionForm = (line: string) => `
import { App, Path } from "madeleine";
import { z } from "zod";
const app = new App();
${line}
export const names = [Path, z];
`;

const errors = [
  {
    name: "a value that may be missing",
    source: method("list(@Query() q: string) { return q; }"),
    says: "'Mismatch<{ provides: string | undefined; declared: string; }>'",
  },
  {
    name: "a type that does not fit",
    source: method("list(@Query(z.number()) page: string) { return page; }"),
    says: "'Mismatch<{ provides: number; declared: string; }>'",
  },
  {
    name: "text for a number",
    source: method("list(@Query() limit?: number) { return limit; }"),
    says: "'Mismatch<{ provides: string | undefined; declared: number | undefined; }>'",
  },
  {
    name: "a dependency that may give nothing",
    source: method("list(@CurrentUser() user: User) { return user; }"),
    says: "'Mismatch<{ provides: User | undefined; declared: User; }>'",
  },
  {
    name: "a default that could never be used",
    source: method("list(@Query(z.number()) limit = 10) { return limit; }"),
    says: `'DefaultNeverUsed<"make the schema .optional() or .default(…), or declare the parameter without ? and default">'`,
  },
  {
    name: "any",
    source: method("list(@Query() q: any) { return q; }"),
    says: `'AnyParameter<"declare the parameter's type: any switches every check off">'`,
  },
  {
    name: "a name that no header has",
    source: method('list(@Header("x trace") trace: string) { return trace; }'),
    says: `NotAHeaderName<"a header's name is a token (RFC 9110 §5.1): letters, digits and -">`,
  },
  {
    name: "a name that no cookie has",
    source: method('list(@Cookie("a b") theme: number) { return theme; }'),
    says: `NotACookieName<"a cookie's name is a token (RFC 6265 §4.1.1): letters, digits, - and _">`,
  },
  {
    name: "a forgotten await",
    source: method("list() { return { user: find() }; }"),
    says: `'NotJson<{ part: Promise<User>; mend: "await it"; }>'`,
  },
  {
    name: "a returned value that the response schema does not take",
    source: method('list() { return { id: "x" }; }', '@Get("/", { response: z.object({ id: z.number() }) })'),
    says: "'ReturnTypeError<{ returned: { id: string; }; accepts: { id: number; }; }>'",
  },
  {
    name: "the notation of another framework",
    source: functionForm('app.get("/items/{id}", () => 1);'),
    says: `'PathSyntax<"write :id instead of {id}">'`,
  },
  {
    name: "a path parameter that the path does not have",
    source: functionForm('app.get("/items/:id", { ident: Path() }, ({ ident }) => ident);'),
    says: `'NoSuchPathParameter<{ bound: "ident"; path: "/items/:id"; }>'`,
  },
];

const programs = Object.fromEntries(errors.map(({ source }, index) => [`error-${index}.ts`, source]));
for (const [title, compiler] of compilers) {
  const found = compile(compiler, programs);
  for (const [index, { name, says }] of errors.entries()) {
    test(`${title} says of ${name}: ${says}`, () => {
      const text = found.get(`error-${index}.ts`) ?? "nothing";
      assert.ok(text.includes(says), text);
      assert.is(text.match(/error TS/g)?.length, 1, text);
    });
  }
}

test.run();
