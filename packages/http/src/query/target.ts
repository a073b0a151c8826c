const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/i;

/**
 * The path and query of a request target, whatever its form. Host plays no part in it: a path that is read out of a URL
 * rebuilt with Host is how guards are bypassed (PX-03).
 *
 * Shape:  `"/p?q=1"` and `"http://evil/p?q=1"` give `"/p?q=1"`; `"http://evil?q=1"` gives `"/?q=1"`; `"*"` gives `"*"`.
 * Source: RFC 9112 §3.2; PA-17.
 */
export function toOriginForm(target: string): string {
  if (target.startsWith("/")) return target;
  const rest = ABSOLUTE_FORM.exec(target)?.[2];
  if (rest === undefined) return target;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/**
 * The authority of an absolute-form target.
 *
 * Shape:  `"http://a:80/p"` gives `"a:80"`; `"/p"`, `"*"` and `"ftp://a/p"` give `undefined`.
 * Source: RFC 9112 §3.2.2.
 */
export function authorityOf(target: string): string | undefined {
  return ABSOLUTE_FORM.exec(target)?.[1];
}
