import { App, Controller, Get, HTTPException, Request, Router } from "madeleine";
import { test } from "uvu";
import { answers } from "./answers.ts";

@Controller()
class Sub {
  @Get("/sub")
  read(request: Request) {
    return { m: "sub", root_path: request.rootPath, path: new URL(request.url).pathname };
  }

  @Get("/boom")
  boom() {
    throw new HTTPException(409, "c");
  }
}

@Controller()
class Main {
  @Get("/app")
  read(request: Request) {
    return { message: "Hello World", root_path: request.rootPath };
  }
}

answers(
  () => {
    const app = new App({ controllers: [Main] });
    app.mount("/subapi", new App({ controllers: [Sub] }));
    return app;
  },
  {
    "mount-sub": "a mounted application answers under its path, which it is told",
    "mount-sub-404": "a mounted application answers what it has no route for",
    "mount-sub-error": "a mounted application answers its errors",
    "mount-no-slash": "the path of a mount redirects to its slash",
  },
);

answers(() => new App({ controllers: [Main], rootPath: "/api/v1" }), {
  "mount-root-path": "an application behind a proxy has the path that the proxy publishes",
});

answers(
  () => {
    const nested = new Router("/n");
    nested.get("/b", () => "b");
    const v1 = new Router("/v1");
    v1.get("/a", () => "v1a");
    v1.include(nested);
    return new App().include(v1, { prefix: "/api" });
  },
  {
    "router-prefix": "a group has its prefix behind the one that it is included with",
    "router-nested": "a group within a group has both prefixes",
  },
);

test.run();
