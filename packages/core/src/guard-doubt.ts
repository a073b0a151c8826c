import type { Phase } from "@madeleine/di";
import type { Logger } from "./logger.ts";
import type { Task } from "./task.ts";

/**
 * What a guard gives is nobody's; it refuses by throwing. Elsewhere one refuses by giving `false`, and whoever writes that here lets
 * everybody in: the log is told, once.
 */
export function doubtGuard({ slots: [slot], batches }: Phase, route: string, logger: Logger): Task {
  const guard = batches.flat().find((step) => step.slot === slot)?.label ?? "a guard";
  let isTold = false;
  const tell = (): void => {
    isTold = true;
    const what = `${guard}, a guard of ${route}, gave false and refused nobody: what a guard gives is not looked at`;
    logger.warn({ route, guard }, `${what}. mend: throw new HTTPException(403) in it`);
  };
  return {
    run(_, values) {
      if (values[slot!] === false && !isTold) tell();
    },
  };
}
