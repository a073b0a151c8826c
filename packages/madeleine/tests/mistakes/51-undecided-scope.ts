// mistake 51: a class that does not say how long it lives
// caught: boot UNDECIDED_SCOPE
import { App, dependency } from "madeleine";

class Counter {
  value = 0;
}

const counter = dependency({ counter: Counter }, ({ counter }) => counter.value);

export const app = new App();
app.get("/count", { counter }, ({ counter }) => counter);
