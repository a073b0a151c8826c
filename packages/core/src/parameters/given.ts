import type { Class, Need, Plan } from "@madeleine/di";
import { Consent, Request, Response, UploadStream } from "@madeleine/http";
import { BackgroundTasks } from "../background-tasks.ts";
import { toSource, type InputSource } from "./source.ts";

/** What comes with every request, by its class: no decorator is needed where the compiler emits types. */
export function givenClasses(): Map<Class, Need> {
  return new Map<Class, Need>([
    [Request, toSource<Request>({ in: "given", name: "Request", give: (exchange) => exchange.request })],
    [Response, toSource<Response>({ in: "given", name: "Response", give: (exchange) => exchange.response })],
    [
      UploadStream,
      toSource<UploadStream>({ in: "stream", name: "UploadStream", give: (exchange) => exchange.request.uploads() }),
    ],
    [
      Consent,
      toSource<Consent>({ in: "given", name: "Consent", give: ({ request, response }) => new Consent(request, response) }),
    ],
    [BackgroundTasks, toSource<BackgroundTasks>({ in: "given", name: "BackgroundTasks", give: (exchange) => exchange.tasks })],
    [AbortSignal, toSource<AbortSignal>({ in: "given", name: "AbortSignal", give: (exchange) => exchange.request.signal })],
  ]);
}

/** Whether anything of a plan may write on the injected response. */
export function asksForResponse({ phases }: Plan): boolean {
  return phases.some(({ sources }) => sources.some(({ source }) => writesOnResponse(source as InputSource))); // core makes every source itself
}

function writesOnResponse({ in: kind, name }: InputSource): boolean {
  return kind === "given" && (name === "Response" || name === "Consent");
}
