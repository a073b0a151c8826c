// Design §5: definitions that are signed, encrypted or need consent, where they are written and read.
import { App, Consent, Controller, Cookie, cookieConsent, defineCookie, Get, type Request, type Response } from "madeleine";
import { z } from "zod";

const LastVisit = defineCookie("last_visit", z.date().optional(), { maxAge: 31_536_000, signed: true });
const Cart = defineCookie("__Host-cart", z.object({ items: z.array(z.string()) }).optional(), { secure: true, encrypted: true });
const Visitor = defineCookie("visitor", z.string().optional(), { category: "analytics" });

@Controller()
class Shop {
  @Get("/")
  read(@Cookie(LastVisit) visit: Date | undefined, @Cookie(Cart) cart: { items: string[] } | undefined, consent: Consent) {
    if (!consent.asked) consent.grant("analytics");
    return { visit: visit ?? null, items: cart?.items ?? [], counted: consent.has("analytics") };
  }

  @Get("/by-hand")
  byHand(request: Request, response: Response) {
    const visit: Date | undefined = request.cookies.get(LastVisit);
    const visitor: string | undefined = request.cookies.get(Visitor);
    response.setCookie(LastVisit, visit ?? new Date()).setCookie(Visitor, visitor ?? "new", { maxAge: 60 });
    // @ts-expect-error a definition is written as its schema says
    response.setCookie(Cart, { items: [1] });
    return null;
  }

  // @ts-expect-error a signed value may be absent, as any other
  @Get("/strict") strict(@Cookie(LastVisit) visit: Date) { return visit; }
}

export const app = new App({
  controllers: [Shop],
  secrets: [process.env["SECRET"], process.env["OLD_SECRET"]],
  consent: cookieConsent({ categories: ["analytics", "marketing"] }),
});
