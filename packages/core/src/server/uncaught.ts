import { BootError } from "../errors/boot-error.ts";
import { ListenError } from "./listen-error.ts";

/**
 * Where `await app.listen()` stands at the top of a program and fails, the reader wants the report and not the stack of this
 * framework. The error is thrown as ever, so that a program that catches it does; only if nobody does, it is printed plainly
 * and the process ends with code 1.
 */
export function explainWhenUncaught(error: unknown): void {
  if (!(error instanceof BootError || error instanceof ListenError)) return;
  const explain = (uncaught: unknown): void => {
    process.stderr.write(
      uncaught === error ? `${text(error)}\n` : `${String((uncaught as Error | undefined)?.stack ?? uncaught)}\n`,
    );
    process.exit(1);
  };
  process.once("uncaughtException", explain);
  // An error that is caught is caught by then; a listener left behind would hide the errors of others.
  setTimeout(() => process.removeListener("uncaughtException", explain), 100).unref();
}

function text(error: BootError | ListenError): string {
  return error instanceof BootError ? `${error.name}: ${error.message}` : error.message;
}
