import { test } from "uvu";
import * as assert from "uvu/assert";
import { RouteTree } from "@madeleine/router";

test("a tree prints a line for each segment, sorted, with the methods where routes end", () => {
  const tree = new RouteTree<number>();
  const routes = [
    "GET /users",
    "POST /users",
    "GET /users/:id",
    "DELETE /users/:id",
    "GET /",
    "GET /files/*path",
    "GET /b/",
    "GET /t/:id(\\d+)/:tab?",
  ];
  for (const [method = "", path = ""] of routes.map((route) => route.split(" "))) tree.add(method, path, 0);
  const printed = `
/  GET
├── /b
│   └── /  GET
├── /files
│   └── /*path  GET
├── /t
│   └── /:id(\\d+)
│       └── /:tab?  GET
└── /users  GET, POST
    └── /:id  DELETE, GET`;
  assert.is(tree.toString(), printed.trim());
});

test("an empty tree prints its root", () => {
  assert.is(new RouteTree<number>().toString(), "/");
});

test.run();
