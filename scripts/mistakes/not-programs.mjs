/** Mistakes that no program of the folder makes, and why. */
export const notPrograms = [
  { number: 13, what: "a number in the query", why: "text is decoded by the schema, so z.number() simply works" },
  {
    number: 16,
    what: "a header's name in the wrong case",
    why: "names are compared without case; userAgent is read as user-agent",
  },
  { number: 25, what: "/:id before /me", why: "a literal wins over a parameter, whatever the order" },
  { number: 36, what: "decorators in the wrong order", why: "they only record; boot reads them together" },
  { number: 37, what: "a guard on a path that no longer matches", why: "guards belong to routes, never to the text of paths" },
  { number: 42, what: "fields too many in the response", why: "the response schema filters them" },
  { number: 50, what: "a Date declared, text sent", why: "concerns the typed client, which does not exist yet" },
  {
    number: 59,
    what: "a throw that skips a tear-down",
    why: "every generator is unwound, whatever the others do (packages/di/tests)",
  },
  { number: 64, what: "reflect-metadata not imported, or late", why: "the packages import it themselves" },
];
