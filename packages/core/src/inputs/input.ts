import type { FormFields } from "@madeleine/http";
import type { Exchange } from "../exchange.ts";
import type { Problem } from "../validation/index.ts";
import type { NamesRead } from "./names-read.ts";

/** The body of a request, as far as the route reads one. */
export interface ReadBody {
  readonly json?: unknown;
  readonly form?: FormFields | undefined;
}

/** Reads one source, checks it, and puts it into its slot or its problems among the others. */
export type Input = (exchange: Exchange, body: ReadBody, values: unknown[], problems: Problem[]) => void | Promise<void>;

export interface InputSettings {
  readonly pathNames: readonly string[];
  /** What the route reads by name: a strict model beside it does not refuse that. */
  readonly named?: () => NamesRead;
  /** Whether the route reads the body as it came, in this phase or another: then a form must not use it up. */
  readonly keepsBody?: boolean;
  /** Whether 422 shows the values of cookies, headers, bodies and forms, too. */
  readonly exposeInput: boolean;
}
