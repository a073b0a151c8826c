// mistake 54: dependencies that need each other
// caught: boot DEPENDENCY_CYCLE
import { App, Injectable, later } from "madeleine";

@Injectable({ scope: "request" })
class First {
  constructor(@later(() => Second) readonly second: unknown) {}
}

@Injectable({ scope: "request" })
class Second {
  constructor(readonly first: First) {}
}

export const app = new App();
app.get("/", { first: First }, () => "first");
