/** What a row holds: the data of a session as its schema encodes it, and the messages for the next page. */
export interface SessionContent {
  readonly data: unknown;
  readonly flashes: readonly Flash[];
}

/** A message for the page after this one. */
export interface Flash {
  readonly key: string;
  readonly value: string;
}

export function toContent(text: string): SessionContent {
  return JSON.parse(text) as SessionContent; // our own writing
}
