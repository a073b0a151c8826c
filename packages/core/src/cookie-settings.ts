import type { Place, Plan, Problem } from "@madeleine/di";
import { CookieKeys, findWeakness, type CookieDefinition, type CookieRules } from "@madeleine/http";
import type { AppOptions } from "./app-options.ts";
import type { Logger } from "./logger.ts";
import { millisecondsDoubt } from "./milliseconds-doubt.ts";
import type { InputSource } from "./parameters/source.ts";
import { SteadyLog } from "./steady-log.ts";

/** What an application says about its cookies. */
export interface CookieSettings {
  readonly rules: CookieRules;
  /** Of its secrets; told when the application boots. */
  readonly problems: readonly Problem[];
}

/** A route that may read cookies. */
interface ReadingRoute {
  readonly plan: Plan;
  readonly label: string;
  readonly place: Place | undefined;
}

/** Derives the keys where the secrets are good for any; where they are not, the application does not boot. */
export function readCookieSettings({ secrets, consent }: AppOptions, logger: Logger): CookieSettings {
  const given = (secrets ?? []).filter((secret, index) => index === 0 || secret !== undefined); // no older one is no mistake
  const problems = given.flatMap(weakSecret);
  const cookieKeys = given.length === 0 || problems.length > 0 ? undefined : new CookieKeys(given as string[]);
  const log = new SteadyLog(logger);
  const onForgery = (cookie: string): void => log.warn({ cookie }, `the cookie "${cookie}" ${forged}`);
  return { rules: { cookieKeys, consent, onForgery }, problems };
}

const forged = "is not genuine: it was changed, is of another application or under a secret that is gone, or is over";

/** What routes ask of cookies that the application does not provide. Each definition is told once. */
export function cookieProblems({ rules, problems }: CookieSettings, routes: readonly ReadingRoute[]): readonly Problem[] {
  const told = new Set<unknown>();
  const found: Problem[] = [...problems];
  for (const route of routes) {
    for (const { source } of route.plan.phases.flatMap((phase) => phase.sources)) {
      const { definition, label: name, in: kind } = source as InputSource; // core makes every source itself
      const asked = definition ?? (kind === "given" && name === "Consent" ? name : undefined);
      if (asked === undefined || told.has(asked)) continue;
      told.add(asked);
      found.push(...(definition === undefined ? unaskedConsent(rules, route) : definitionProblems(rules, definition, route)));
    }
  }
  // of a secret that is no good it was said already
  return problems.length === 0 ? found : found.filter(({ code }) => code !== "MISSING_SECRETS");
}

/** What may be meant, of the cookies that routes read and of the one that keeps the consent. */
export function cookieWarnings({ rules: { consent } }: CookieSettings, routes: readonly ReadingRoute[]): readonly Problem[] {
  const sources = routes.flatMap(({ plan }) =>
    plan.phases.flatMap((phase) => phase.sources.map(({ source }) => source as InputSource)),
  );
  const definitions = new Set(sources.map(({ definition }) => definition).filter((definition) => definition !== undefined));
  const lifetimes = [...definitions].map(({ name, attributes: { maxAge } }) => ({ cookie: name, maxAge }));
  return [...lifetimes, ...(consent === undefined ? [] : [consent])]
    .map(({ cookie, maxAge }) => millisecondsDoubt(`cookie "${cookie}"`, "maxAge", maxAge))
    .filter((doubt) => doubt !== undefined);
}

function definitionProblems(rules: CookieRules, definition: CookieDefinition, route: ReadingRoute): readonly Problem[] {
  const { label, place } = route;
  const { name, protection, category } = definition;
  const found: Problem[] = [];
  if (protection !== undefined && rules.cookieKeys === undefined) {
    found.push({
      code: "MISSING_SECRETS",
      what: `${label} reads the cookie "${name}", which is ${protection}, and the application has no secrets.`,
      where: place?.toString(),
      mend: "new App({ secrets: [process.env.SECRET] }), a random text: openssl rand -base64 32",
    });
  }
  if (category !== undefined && rules.consent?.categories.includes(category) !== true) {
    const known = rules.consent === undefined ? "nobody is asked for consent" : `it knows ${rules.consent.categories.join(", ")}`;
    found.push({
      code: "UNKNOWN_CATEGORY",
      what: `${label} reads the cookie "${name}", which needs consent to "${category}", and the application does not ask for it: ${known}.`,
      where: place?.toString(),
      mend: `new App({ consent: cookieConsent({ categories: ["${category}"] }) })`,
    });
  }
  return found;
}

function unaskedConsent({ consent }: CookieRules, { label, place }: ReadingRoute): readonly Problem[] {
  if (consent !== undefined) return [];
  return [
    {
      code: "MISSING_CONSENT",
      what: `${label} asks for the visitor's Consent, and the application does not say to what.`,
      where: place?.toString(),
      mend: 'new App({ consent: cookieConsent({ categories: ["analytics"] }) })',
    },
  ];
}

/** Never shows the secret, not even its length. */
function weakSecret(secret: unknown, index: number): readonly Problem[] {
  const weakness = findWeakness(secret);
  if (weakness === undefined) return [];
  return [
    {
      code: "WEAK_SECRET",
      what: `secrets[${index}] of the application ${weakness}: whoever guesses it makes cookies of their own.`,
      mend: "a random text, kept out of the sources: openssl rand -base64 32",
    },
  ];
}
