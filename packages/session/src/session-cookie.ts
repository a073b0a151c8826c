import { Response, type CookieAttributes, type Request } from "@madeleine/http";
import { readSessionId, toStoreKey } from "./session-id.ts";

/** The cookie of one definition of sessions: how the secret comes and goes. */
export class SessionCookie {
  readonly name: string;
  readonly #attributes: CookieAttributes;

  /** Errors: CookieError for what a browser would drop. */
  constructor(name: string, { secure, sameSite, domain, path, partitioned }: CookieAttributes) {
    this.name = name;
    this.#attributes = { httpOnly: true, secure: secure ?? "auto", sameSite: sameSite ?? "lax", domain, path, partitioned };
    this.set(new Response(), "x".repeat(43), undefined); // refused here, and not at the first login
  }

  read(request: Request): string | undefined {
    return readSessionId(request.cookies.getAll(this.name));
  }

  isSent(request: Request): boolean {
    return request.cookies.has(this.name);
  }

  keyOf(secret: string): string {
    return toStoreKey(this.name, secret);
  }

  set(response: Response, secret: string, maxAge: number | undefined): void {
    response.setCookie(this.name as string, secret, { ...this.#attributes, maxAge } as object);
  }

  delete(response: Response): void {
    response.deleteCookie(this.name, this.#attributes);
  }
}
