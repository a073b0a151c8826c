/** What a row holds: the data of a session as its schema encodes it, and the messages for the next page. */
export interface SessionContent {
  readonly data: unknown;
  readonly flashes: readonly Flash[];
}

/** What one request may change of that, as its schema gives it. */
export interface ReadContent<Data> {
  readonly data: Data;
  readonly flashes: Flash[];
  /** A copy that nobody changes, where there is one already. */
  readonly original?: SessionContent | undefined;
}

/** What a new session begins as. */
export interface NewContent<Data> extends ReadContent<Data> {
  /** How it would be stored, where it cannot be copied to see whether it changed. */
  readonly text?: string | undefined;
}

/** A message for the page after this one. */
export interface Flash {
  readonly key: string;
  readonly value: string;
}

export function toContent(text: string): SessionContent {
  return JSON.parse(text) as SessionContent; // our own writing
}
