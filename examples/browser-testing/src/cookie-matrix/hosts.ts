import { isRemote, type CaseGroup } from "./cookie-case.ts";

/** What goes out over http and holds all the same, since the host is one's own machine. */
export const onLocalhost: CaseGroup = {
  title: "On one's own machine, over http",
  columns: ["attributes"],
  cases: [
    ...(
      [{}, { secure: "auto" }, { secure: true }, { secure: true, sameSite: "none" }, { secure: true, partitioned: true }] as const
    ).map((attributes, index) => ({ name: `l${index}`, value: "1", attributes, cells: [`${JSON.stringify(attributes)}`] })),
    { name: "__Host-l", value: "1", attributes: { secure: true }, cells: ['__Host- {"secure":true}'] },
    {
      name: "__Host-Http-l",
      value: "1",
      attributes: { secure: true, httpOnly: true },
      cells: ['__Host-Http- {"secure":true,"httpOnly":true}'],
    },
  ],
  isFrom: ({ host }) => host === "localhost",
};

/** Allowed, since only the host of a request tells them from good ones, and behind a proxy not even that. */
export const foreignDomains: CaseGroup = {
  title: "Domains that are not the host's own",
  columns: ["domain"],
  cases: ["other.test", "below.app.example.test", "xample.test"].map((domain, index) => ({
    name: `f${index}`,
    value: "1",
    attributes: { domain },
    cells: [domain],
  })),
  isFrom: isRemote,
  isDropped: true,
};
