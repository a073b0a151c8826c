import { CookieError, Response } from "madeleine";
import { caseGroups } from "./case-groups.ts";
import type { CaseGroup, CookieCase, Origin } from "./cookie-case.ts";
import { ChromiumJar } from "./chromium-jar.ts";
import { CookieServer } from "./cookie-server.ts";
import { FOLDER, intendedCookie } from "./intended.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";

/** One cookie, what our rules say of it, and what the browser made of it. */
export interface MatrixRow {
  readonly each: CookieCase;
  /** The rule that refuses it; undefined where it is allowed. */
  readonly rule: string | undefined;
  /** One for each origin of the table. */
  readonly outcomes: readonly Outcome[];
}

export interface MatrixTable {
  readonly group: CaseGroup;
  readonly origins: readonly Origin[];
  readonly rows: readonly MatrixRow[];
}

export interface CookieMatrix {
  readonly browser: string;
  readonly tables: readonly MatrixTable[];
}

/** Sets every cookie in Chromium: those that our rules allow by an application, the others as lines that are written by hand. */
export async function runCookieMatrix(executablePath: string): Promise<CookieMatrix> {
  await using server = await CookieServer.open();
  await using jar = await ChromiumJar.open(executablePath);
  const tables: MatrixTable[] = [];
  for (const group of caseGroups) tables.push(await runGroup(group, server, jar));
  return { browser: `Chromium ${jar.version}`, tables };
}

async function runGroup(group: CaseGroup, server: CookieServer, jar: ChromiumJar): Promise<MatrixTable> {
  const origins = server.origins.filter(group.isFrom);
  const outcomes = new Map<CookieCase, Outcome[]>(group.cases.map((each) => [each, []]));
  const rules = new Map(group.cases.map((each) => [each, refusingRule(each)]));
  const allowed = group.cases.filter((each) => rules.get(each) === undefined);
  const refused = group.cases.filter((each) => rules.get(each) !== undefined);
  for (const origin of origins) {
    const page = new Page(origin, server, jar);
    for (const some of chunks(allowed))
      for (const [each, outcome] of await page.setAndDelete(some)) outcomes.get(each)?.push(outcome);
    for (const some of chunks(refused))
      for (const [each, outcome] of await page.setByHand(some)) outcomes.get(each)?.push(outcome);
  }
  return {
    group,
    origins,
    rows: group.cases.map((each) => ({ each, rule: rules.get(each), outcomes: outcomes.get(each) ?? [] })),
  };
}

/** Which of our rules refuses a cookie. */
function refusingRule({ name, value, attributes }: CookieCase): string | undefined {
  try {
    new Response().setCookie(name, value, attributes as object); // checked at run time
    return undefined;
  } catch (error) {
    if (error instanceof CookieError) return error.rule;
    throw error;
  }
}

// Chromium keeps 180 cookies of one site (RFC 6265 §6.1 asks for 50), and drops the oldest of more
const COOKIES_AT_ONCE = 150;

function* chunks(cases: readonly CookieCase[]): Generator<readonly CookieCase[]> {
  const together = cases.filter(({ isAlone }) => isAlone !== true);
  for (let at = 0; at < together.length; at += COOKIES_AT_ONCE) yield together.slice(at, at + COOKIES_AT_ONCE);
  for (const each of cases) if (each.isAlone === true) yield [each];
}

/** The pages of one origin, visited with an empty jar. */
class Page {
  readonly #origin: Origin;
  readonly #server: CookieServer;
  readonly #jar: ChromiumJar;

  constructor(origin: Origin, server: CookieServer, jar: ChromiumJar) {
    this.#origin = origin;
    this.#server = server;
    this.#jar = jar;
  }

  /** As an application does it; a cookie that was kept has to go with `deleteCookie`. */
  async setAndDelete(cases: readonly CookieCase[]): Promise<Map<CookieCase, Outcome>> {
    await this.#plant(cases.filter(isDeletion));
    const outcomes = await this.#visit("set", cases);
    const left = await this.#jar.visit(`${this.#origin.url}${FOLDER}/delete`);
    for (const { name } of left) {
      const each = cases.find((one) => one.name === name);
      if (each !== undefined) outcomes.set(each, { isAsMeant: false, text: "stays after deleteCookie" });
    }
    await this.#jar.clear();
    return outcomes;
  }

  /** As a library without rules does it. */
  async setByHand(cases: readonly CookieCase[]): Promise<Map<CookieCase, Outcome>> {
    const outcomes = await this.#visit("raw", cases);
    await this.#jar.clear();
    return outcomes;
  }

  async #visit(page: "set" | "raw", cases: readonly CookieCase[]): Promise<Map<CookieCase, Outcome>> {
    this.#server.sets(cases);
    const cookies = await this.#jar.visit(`${this.#origin.url}${FOLDER}/${page}`);
    return new Map(cases.map((each) => [each, outcomeOf(each, this.#origin, cookies, this.#jar.whyRefused(each.name))]));
  }

  /** What deletes needs something to delete. Errors: an `Error` where the browser does not take it. */
  async #plant(cases: readonly CookieCase[]): Promise<void> {
    if (cases.length === 0) return;
    const lasting = cases.map((each) => ({ ...each, attributes: { ...each.attributes, maxAge: 3600 } }));
    this.#server.sets(lasting);
    const planted = await this.#jar.visit(`${this.#origin.url}${FOLDER}/raw`);
    const missing = lasting.find(
      (each) => intendedCookie(each, this.#origin) !== undefined && !planted.some(({ name }) => name === each.name),
    );
    if (missing !== undefined) throw new Error(`${missing.name} could not be planted over ${this.#origin.title}`);
  }
}

function isDeletion({ attributes: { maxAge, expires } }: CookieCase): boolean {
  return maxAge === undefined ? expires !== undefined && expires.getTime() <= Date.now() : maxAge <= 0;
}
