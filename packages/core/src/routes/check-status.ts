import type { Problem } from "@madeleine/di";
import type { RouteDefinition } from "./route-definition.ts";

/** A schema under a status whose answer has no body, and a status that another one's schema does not check: it would be sent unfiltered. */
export function checkStatus({ options, label, place }: RouteDefinition): readonly Problem[] {
  const { status = 200, response, responses = {} } = options;
  const declared = Object.keys(responses).map(Number);
  const bodyless = [...(response !== undefined ? [status] : []), ...declared].find((one) => withoutBody.has(one));
  if (bodyless !== undefined) {
    const what = `${label} declares a schema of what it answers with ${bodyless}, an answer that has no body (RFC 9110 §15).`;
    return [{ code: "BODY_NEVER_SENT", what, where: place?.toString(), mend: "leave the schema out, or choose another status" }];
  }
  const succeeding = declared.filter((one) => one >= 200 && one < 300);
  if (options.status === undefined || response !== undefined || succeeding.length === 0 || declared.includes(status)) return [];
  return [
    {
      code: "UNDECLARED_STATUS",
      what: `${label} answers a returned value with ${status}, and its responses declare ${succeeding.join(", ")}: no schema would filter it.`,
      where: place?.toString(),
      mend: `responses: { ${status}: … }, or status: ${succeeding[0]}`,
    },
  ];
}

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);
