// mistake 83: two @Injectable on one class, of which one counted
// caught: load has @Injectable twice
import { App, Injectable } from "madeleine";

@Injectable({ scope: "app" })
@Injectable({ scope: "request" })
class Counter {
  count = 0;
}

export const app = new App();
app.get("/", { counter: Counter }, ({ counter }) => counter.count++);
