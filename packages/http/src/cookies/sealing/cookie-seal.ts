/** What a sealed value says once it has turned out to be genuine. */
export interface OpenedCookie {
  readonly value: string;
  /** Units: seconds since 1970; 0 for a browser's session. */
  readonly expiresAt: number;
}

/** Seals and opens values of one purpose under one secret. */
export interface CookieSeal {
  seal(name: string, value: string, expiresAt: number): string;
  /** Never throws: whatever is not genuine is `undefined`. */
  open(name: string, sealed: string): OpenedCookie | undefined;
}
