import { z } from "zod";
import * as mini from "zod/mini";
import { cookieConsent, defineCookie, type CookieDefinition, Response } from "../../src/index.ts";

declare const response: Response;
declare const seconds: number | undefined;
declare const someName: string;

// ---------- what fits
const Theme = defineCookie("theme", z.enum(["light", "dark"]).default("light"), { maxAge: 31_536_000 });
const Cart = defineCookie("__Host-cart", z.object({ items: z.array(z.string()) }).optional(), { secure: true });
const Small = defineCookie("small", mini.optional(mini.number()));
response.setCookie(Theme, "dark", { maxAge: seconds }).setCookie(Small, 5);
response.setCookie(Cart, { items: [] });
response.setCookie("a", "b", { maxAge: seconds }).setCookie("a", "b", undefined);
response.setCookie("a", "b", { secure: true, sameSite: "none", partitioned: true, path: null });
response.setCookie("__Host-a", "b", { secure: true, path: "/" });
response.setCookie("__Secure-a", "b", { secure: true, domain: "e.com", path: "/x" });
response.setCookie("__Http-a", "b", { secure: true, httpOnly: true, path: "/x", domain: "e.com" });
response.setCookie("__Host-Http-a", "b", { secure: true, httpOnly: true, path: "/" });
response.setCookie(someName, "checked at run time");
response.deleteCookie(Theme).deleteCookie("a", { path: "/x" });
export const theme: "light" | "dark" | undefined = Theme.decode([]);
export const anyDefinition: CookieDefinition = Theme;

// ---------- what a browser would drop
// @ts-expect-error not one of the values
response.setCookie(Theme, "blue");
// @ts-expect-error nothing to set: deleteCookie
response.setCookie(Cart, undefined);
// @ts-expect-error only the lifetime may differ
response.setCookie(Theme, "dark", { path: "/x" });
// @ts-expect-error CK-06: SameSite=None needs Secure
response.setCookie("a", "b", { sameSite: "none" });
// @ts-expect-error CK-06: auto is not always secure
response.setCookie("a", "b", { sameSite: "none", secure: "auto" });
// @ts-expect-error CK-07: Partitioned needs Secure
response.setCookie("a", "b", { partitioned: true });
// @ts-expect-error CK-08: __Host- needs Secure
response.setCookie("__Host-a", "b");
// @ts-expect-error CK-08: in any case, and without a domain
response.setCookie("__host-a", "b", { secure: true, domain: "x" });
// @ts-expect-error CK-08: and with the path /
response.setCookie("__Host-a", "b", { secure: true, path: "/x" });
// @ts-expect-error CK-08: __Secure- needs Secure
response.setCookie("__Secure-a", "b", { httpOnly: true });
// @ts-expect-error CK-08: __Http- needs HttpOnly, which a cookie set by its name has not unless it is said
response.setCookie("__Http-a", "b", { secure: true });
// @ts-expect-error CK-08: and Secure
response.setCookie("__http-a", "b", { httpOnly: true });
// @ts-expect-error CK-08: no attributes at all
response.setCookie("__Host-Http-a", "b");
// @ts-expect-error CK-08: both promises
response.setCookie("__Host-Http-a", "b", { secure: true, httpOnly: true, path: "/x" });
// @ts-expect-error CK-08: both promises
response.setCookie("__host-http-a", "b", { secure: true });
// @ts-expect-error CK-02: not a token
response.setCookie("a b", "b");
// @ts-expect-error CK-02: not a token
response.setCookie("a;b", "b");
// @ts-expect-error CK-02: no name
response.setCookie("", "b");
// @ts-expect-error a date, not seconds
response.setCookie("a", "b", { expires: 60 });
// @ts-expect-error a misspelt attribute
response.setCookie("a", "b", { httponly: true });
// @ts-expect-error text, or a definition
response.setCookie("a", 5);
// @ts-expect-error CK-08: a definition obeys the same rules
defineCookie("__Host-a", z.string());
// @ts-expect-error CK-02: not a token
defineCookie("a=b", z.string());

// @ts-expect-error CK-08: a definition is HttpOnly by default, and under this name it has to be
defineCookie("__Http-a", z.string(), { secure: true, httpOnly: false });
defineCookie("__Http-a", z.string(), { secure: true });
defineCookie("__Host-Http-a", z.string(), { secure: true, httpOnly: true });

// ---------- signed, encrypted, consent
const LastVisit = defineCookie("last_visit", z.date().optional(), { maxAge: 31_536_000, signed: true });
const Sealed = defineCookie("__Host-sealed", z.object({ items: z.array(z.string()) }).optional(), { secure: true, encrypted: true });
const Visitor = defineCookie("visitor", z.string().optional(), { category: "analytics", signed: true });
const Campaign = defineCookie("campaign", z.string().default("none"), { category: "marketing", cleanup: true });
const Undecided = defineCookie("undecided", z.string(), { signed: false, encrypted: false });
response.setCookie(LastVisit, new Date()).setCookie(Sealed, { items: [] }).setCookie(Visitor, "v").setCookie(Campaign, "c");
response.setCookie(Undecided, "x", undefined);
export const rules = cookieConsent({ categories: ["analytics", "marketing"], version: 2, cookie: "consent", maxAge: 60 });

// @ts-expect-error what is encrypted cannot be changed either
defineCookie("a", z.string(), { signed: true, encrypted: true });
// @ts-expect-error only a definition can be signed: its name and its value belong together
response.setCookie("a", "b", { signed: true });
// @ts-expect-error MustAcceptAbsence: without consent it reads as absent
defineCookie("v", z.string(), { category: "analytics" });
// @ts-expect-error CK-06: a signed definition obeys the rules of browsers, too
defineCookie("v", z.string(), { signed: true, sameSite: "none" });
// @ts-expect-error CK-08: with a prefix the attributes cannot be left out
defineCookie("__Host-v", z.string());
// @ts-expect-error a date
response.setCookie(LastVisit, "yesterday");
// @ts-expect-error categories are asked for by name
cookieConsent({ categories: "analytics" });
