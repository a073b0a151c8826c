import {
  App,
  Controller,
  dependency,
  Get,
  HTTPException,
  JSONResponse,
  PlainTextResponse,
  Query,
  RedirectResponse,
  Response,
} from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers, silent } from "./answers.ts";

/** An application whose one page sets cookies on its response. */
function greeting(setCookies: (response: Response) => void): App {
  const app = new App({ logger: silent });
  app.get("/", () => {
    const response = new PlainTextResponse("Hello, world!");
    setCookies(response);
    return response;
  });
  return app;
}

answers(() => greeting((response) => response.setCookie("mycookie", "myvalue")), {
  "cookie-set-defaults": "a cookie has Path=/ and SameSite=lax",
});

answers(() => greeting((response) => response.setCookie("mycookie", "myvalue", { path: null })), {
  "cookie-set-path-none": "path null leaves the path out",
});

answers(() => greeting((response) => response.setCookie("mycookie", "myvalue", { sameSite: null })), {
  "cookie-set-samesite-none-omits": "sameSite null leaves it out",
});

answers(
  () =>
    greeting((response) => {
      // @ts-expect-error the compiler refuses it as well
      response.setCookie("mycookie", "myvalue", { sameSite: "none" });
    }),
  { "cookie-set-samesite-none-string": "SameSite=None without Secure is refused" },
);

answers(() => greeting((response) => response.setCookie("mycookie", "myvalue", { expires: new Date("2037-01-22T12:00:10Z") })), {
  "cookie-set-expires-string": "expires is a date",
});

answers(() => greeting((response) => response.setCookie("mycookie", "myvalue", { expires: new Date(Date.now() + 10_000) })), {
  "cookie-set-expires-int": "expires may be ten seconds away",
});

answers(() => greeting((response) => response.setCookie("mycookie", "myvalue", { maxAge: -1 })), {
  "cookie-set-max-age-negative": "maxAge may be negative, which deletes",
});

answers(() => greeting((response) => response.setCookie("mycookie", "v", { domain: ".example.com" })), {
  "cookie-set-domain": "a domain may be given",
});

answers(() => greeting((response) => response.setCookie("mycookie", "")), {
  "cookie-set-empty-value": "a value may be empty",
});

answers(() => greeting((response) => response.setCookie("mycookie", "Hello, cookies!")), {
  "cookie-set-value-with-comma-space": "comma and space come back as they were",
});

answers(() => greeting((response) => response.setCookie("mycookie", 'say "hi"')), {
  "cookie-set-value-with-quote": "quotes come back as they were",
});

answers(() => greeting((response) => response.setCookie("a", "1").setCookie("b", "2")), {
  "cookie-set-two-cookies": "two cookies are two lines, in their order",
});

answers(() => greeting((response) => response.setCookie("a", "1").deleteCookie("a")), {
  "cookie-set-set-then-delete": "of two settings of one cookie the later one is sent",
});

const Marked = dependency({ response: Response }, ({ response }) => {
  response.setCookie("dep", "1");
  response.headers.set("x-dep", "yes");
  response.status = 201;
});

@Controller("", { dependencies: [Marked] })
class Merging {
  @Get("/direct")
  direct() {
    return new JSONResponse({ ok: true });
  }

  @Get("/raise")
  raise() {
    throw new HTTPException(418, "teapot");
  }

  @Get("/return-injected")
  injected(response: Response) {
    response.setCookie("handler", "2");
    return response;
  }
}

const NamedCookie = dependency({ response: Response }, ({ response }) => {
  response.setCookie("cookie-name", "cookie-value");
  return {};
});

@Controller()
class Depending {
  @Get("/invalid")
  invalid(@Query(z.int()) q: number, @Marked() _marked: void) {
    return q;
  }

  @Get("/directCookie")
  once(@NamedCookie() dep: object) {
    return { dep };
  }
}

answers(() => new App({ controllers: [Merging, Depending] }), {
  "cookie-merge-dep-direct-response": "cookies and headers of a dependency are on a returned response",
  "cookie-merge-dep-then-httpexception": "cookies and headers of a dependency are on the answer to an error",
  "cookie-merge-return-injected": "the injected response may be returned itself",
  "cookie-merge-dep-then-422": "a dependency does not run for an invalid request",
  "cookie-merge-once-direct": "a cookie of a dependency is sent once",
});

@Controller()
class Account {
  @Get("/login")
  login() {
    const response = new RedirectResponse("/home", 303);
    response.setCookie("session", "abc", { httpOnly: true, maxAge: 3600 });
    return response;
  }

  @Get("/logout")
  logout() {
    const response = new RedirectResponse("/");
    response.deleteCookie("session");
    return response;
  }
}

answers(() => new App({ controllers: [Account] }), {
  "cookie-redirect-set": "a redirect sets a cookie",
  "cookie-redirect-delete": "a redirect deletes a cookie",
});

test.run();
