import type { CookieAttributes } from "@madeleine/http";
import { isRemote, type CaseGroup, type CookieCase, type StoredCookie } from "./cookie-case.ts";

/** What JavaScript and casts let through, with what their authors meant. */
export const slips: CaseGroup = {
  title: "Slips that only the compiler sees",
  columns: ["attributes"],
  cases: [
    slip({ httponly: true }, { httpOnly: true }),
    slip({ max_age: 60 }, { expires: Date.now() / 1000 + 60 }),
    slip({ secure: "false" }, { secure: false }),
    slip({ httpOnly: "false" }, { httpOnly: false }),
    slip({ sameSite: "Strict" }, { sameSite: "Strict" }),
    slip({ sameSite: "stict" }, { sameSite: "Strict" }),
  ],
  isFrom: isRemote,
};

function slip(attributes: object, intended: Partial<StoredCookie>): CookieCase {
  const cell = JSON.stringify(attributes);
  return { name: cell.replace(/\W/g, ""), value: "1", attributes: attributes as CookieAttributes, cells: [cell], intended };
}
