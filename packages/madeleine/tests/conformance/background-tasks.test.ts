import { App, BackgroundTasks, Controller, dependency, Get, HTTPException } from "madeleine";
import { test } from "uvu";
import { answers, silent } from "./answers.ts";

/** Handlers whose tasks write down that they ran. */
function tasking(log: string[]): App {
  const Noted = dependency({ tasks: BackgroundTasks }, ({ tasks }) => tasks.add(() => log.push("dep")));

  @Controller()
  class Tasks {
    @Get("/d")
    merged(@Noted() _noted: void, tasks: BackgroundTasks) {
      tasks.add((word: string) => log.push(word), "h");
      return 1;
    }

    @Get("/fail")
    failing(tasks: BackgroundTasks) {
      tasks.add(() => {
        log.push("boom");
        throw new Error("boom");
      });
      tasks.add(() => log.push("never"));
      return { ok: 1 };
    }

    @Get("/exc")
    refused(tasks: BackgroundTasks) {
      tasks.add(() => log.push("bg"));
      throw new HTTPException(400, "x");
    }
  }
  return new App({ controllers: [Tasks], logger: silent });
}

answers(tasking, {
  "bg-merge-dep": "tasks of a dependency and of the handler run after the answer, in their order",
  "bg-failure": "a task that fails does not change the answer, and those after it are left out",
  "bg-http-exception": "tasks run also when the handler throws an HTTPException",
});

test.run();
