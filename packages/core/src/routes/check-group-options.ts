import { bytes, list, saysItself, text, type Rule, type Rules } from "../check-options.ts";
import { twiceAnswered, type ErrorRule } from "../errors/on-error.ts";
import type { ControllerOptions } from "./controller.ts";
import type { RouteOptions } from "./options.ts";
import type { IncludeOptions, RouterOptions } from "./router.ts";

const dependencies = list("a list of guards, [SignedIn]");
const middleware = list("a list of functions of (request, next)");
const tags = list('a list of texts, ["items"]');
const errors: Rule = {
  holds: (value) => Array.isArray(value) && value.every((one) => typeof (one as ErrorRule | null)?.handler === "function"),
  mend: "a list of rules, [onError(404, …)]",
  inside: (rules: readonly ErrorRule[]) => {
    const twice = twiceAnswered(rules);
    return twice && `${twice}. mend: keep one of them; a group inside of this one may answer it in its own way`;
  },
};
const status: Rule = {
  holds: (value) => Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599,
  mend: "a whole number from 200 to 599",
};

export const includeRules: Rules<IncludeOptions> = {
  prefix: text('a path, such as "/api"'),
  dependencies,
  middleware,
  tags,
};

export const controllerRules: Rules<ControllerOptions> = {
  dependencies,
  middleware,
  tags,
  errors,
  maxBodyBytes: bytes,
  maxUploadBytes: bytes,
};

export const routerRules: Rules<RouterOptions> = {
  ...controllerRules,
  controllers: list("a list of classes, [Items]"),
  host: text('the name of a host, such as "api.example.com"'),
};

export const routeRules: Rules<RouteOptions> = {
  status,
  dependencies,
  middleware,
  tags,
  name: { holds: (value) => typeof value === "string" && value !== "", mend: 'a text, such as "item"' },
  response: saysItself,
  responses: saysItself,
  responseOptions: saysItself,
  maxBodyBytes: bytes,
  maxUploadBytes: bytes,
};
