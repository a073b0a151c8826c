/**
 * The id of the last event that a client saw, which it names when it connects again.
 *
 * Shape:  the bytes of the header are UTF-8, whatever node makes of them.
 * Source: WHATWG HTML §9.2.4.
 * Errors: none. What no server sent as an id counts as none: one of more than `maxBytes`, with control characters, or that is no UTF-8.
 *         It comes from the client, who may name any id: look it up, and never trust it (ST-13).
 */
export function readLastEventId(
  request: { readonly headers: { get(name: string): string | undefined } },
  maxBytes = 256,
): string | undefined {
  const header = request.headers.get("last-event-id");
  if (header === undefined || header === "" || header.length > maxBytes) return undefined;
  const id = decodeUtf8(header);
  return id === undefined || /[\x00-\x1f\x7f]/.test(id) ? undefined : id;
}

function decodeUtf8(latin1: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, "latin1"));
  } catch {
    return undefined;
  }
}
