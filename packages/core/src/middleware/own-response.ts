import { mergeCookies, Response, SetCookies } from "@madeleine/http";
import type { Exchange } from "../exchange.ts";
import { withInjected } from "../injected.ts";
import type { Reply } from "../reply.ts";

/**
 * A response that a middleware may change: the response itself may be a constant that is returned for many requests, and what is
 * written for one of them must not stay on it. So there is one copy for each exchange, and whoever is further out gets the same.
 *
 * The cookies of one that was replaced on the way out go with the exchange: a cookie that was set anywhere is sent.
 */
export function ownResponse(response: Response, exchange: Exchange): Response {
  if (response === exchange.owned) return response;
  keepCookies(exchange);
  exchange.owned = response.copy();
  return exchange.owned;
}

/** The same for what the handler answered, with what was set on the injected response: from here on there is one response to look at. */
export function ownAnswer(response: Response, exchange: Exchange): Response {
  const whole = withInjected(response, exchange);
  if (whole !== exchange.owned) exchange.owned = whole === response ? response.copy() : whole;
  const { injected } = exchange;
  if (injected === undefined) return exchange.owned;
  const names = [...injected.headers].map(([name]) => name);
  for (const name of names) injected.headers.delete(name);
  injected.cookies = new SetCookies();
  return exchange.owned;
}

/** A reply whose responses belong to their exchange: all but those that the handler itself returned. That saves the copy. */
export function owningReply(reply: Reply): Reply {
  return (value, exchange) => {
    const response = reply(value, exchange);
    if (response !== value && response instanceof Response) exchange.owned = response;
    return response;
  };
}

/** Puts the cookies of a response that is not sent onto the injected one, as the earlier ones. */
export function keepCookies(exchange: Exchange): void {
  const { owned } = exchange;
  exchange.owned = undefined;
  if (owned?.hasCookies) exchange.response.cookies = mergeCookies(owned.cookies, exchange.response.cookies);
}
