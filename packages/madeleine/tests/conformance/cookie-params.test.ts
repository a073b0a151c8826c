import { App, Controller, Cookie, Get, Header, JSONResponse, Query } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers } from "./answers.ts";

@Controller()
class Ads {
  @Get("/items/")
  read(@Cookie() ads_id: string | undefined) {
    return { ads_id: ads_id ?? null };
  }
}

answers(() => new App({ controllers: [Ads] }), {
  "cookie-param-opt-with-other": "a cookie is read among others",
  "cookie-param-opt-only-other": "an optional cookie that is missing is undefined",
  "cookie-param-slash-redirect": "a missing trailing slash redirects",
});

@Controller()
class Visitors {
  @Get("/req")
  required(@Cookie(z.string()) session_id: string) {
    return { session_id };
  }

  @Get("/int")
  number(@Cookie(z.int().default(0)) visits: number) {
    return { visits };
  }

  @Get("/alias")
  alias(@Cookie("session-id") s: string | undefined) {
    return { s: s ?? null };
  }

  @Get("/min")
  theme(@Cookie(z.literal(["light", "dark"]).default("light")) theme: "light" | "dark") {
    return { theme };
  }
}

answers(() => new App({ controllers: [Visitors] }), {
  "cookie-param-required-missing": "a required cookie that is missing is a 422",
  "cookie-param-required-present": "a required cookie is given",
  "cookie-param-required-empty": "an empty cookie is there",
  "cookie-param-int-default": "a number that is missing is its default",
  "cookie-param-int-bad": "a cookie that is no integer is a 422",
  "cookie-param-alias": "a cookie is read under the name that is written out",
  "cookie-param-enum-bad": "a cookie that is none of the literals is a 422",
});

const Trackers = z.object({
  session_id: z.string(),
  fatebook_tracker: z.string().nullable().default(null),
  googall_tracker: z.string().nullable().default(null),
});

@Controller()
class Modelled {
  @Get("/items/")
  read(@Cookie(Trackers) cookies: z.infer<typeof Trackers>) {
    return cookies;
  }
}

answers(() => new App({ controllers: [Modelled] }), {
  "cookie-model-all": "a cookie model has all its cookies",
  "cookie-model-defaults": "a cookie model has its defaults",
  "cookie-model-missing": "a cookie model names what is missing",
  "cookie-model-extra-ignored": "a cookie model ignores other cookies",
});

const Loose = z.looseObject({ param: z.string() });
const Hyphen = z.looseObject({ x_user_id: z.string() });

@Controller()
class Extras {
  @Get("/cookie")
  cookie(@Cookie(Loose) model: z.infer<typeof Loose>) {
    return new JSONResponse(model); // what else was sent has no type that the compiler could check
  }

  @Get("/query")
  query(@Query(Loose) model: z.infer<typeof Loose>) {
    return new JSONResponse(model); // what else was sent has no type that the compiler could check
  }

  @Get("/header-requires-hyphen")
  header(@Header(Hyphen) model: z.infer<typeof Hyphen>) {
    return { x_user_id: model.x_user_id };
  }
}

answers(() => new App({ controllers: [Extras] }), {
  "model-extra-cookie-last-wins": "a cookie model that allows others has one value for each name",
  "model-extra-query-single": "a query model that allows others has them as text",
  "model-extra-header-hyphen-preferred": "a header model reads the name with the hyphen",
  "model-extra-header-underscore-rejected": "a header with an underscore is another one",
});

test.run();
