import type { CookieAttributes } from "@madeleine/http";

/** One cookie as somebody would set it, whether our rules let them or not. */
export interface CookieCase {
  readonly name: string;
  readonly value: string;
  readonly attributes: CookieAttributes;
  /** How it stands in the table, one text for each column. */
  readonly cells: readonly string[];
  /** What was meant, where the attributes do not say it: that of a misspelt one, say. */
  readonly intended?: Partial<StoredCookie>;
  /** Has a page of its own, since its name is not found again among others, or since it is large. */
  readonly isAlone?: boolean;
}

/** A cookie in a browser's jar. */
export interface StoredCookie {
  readonly name: string;
  readonly value: string;
  /** `".example.test"` with its subdomains, `"app.example.test"` for one host. */
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "Strict" | "Lax" | "None" | undefined;
  readonly priority: "Low" | "Medium" | "High";
  /** The site that it is kept for, where it is kept for each site apart. */
  readonly partition: string | undefined;
  /** Units: seconds since 1970; undefined where it ends with the browser. */
  readonly expires: number | undefined;
}

/** Where a cookie is set from. */
export interface Origin {
  readonly title: string;
  readonly url: string;
  readonly host: string;
  /** As partitions name it: scheme and registrable domain. */
  readonly site: string;
  readonly isHttps: boolean;
  /** Whether a browser takes a cookie with Secure from here: it does from localhost, whatever the scheme. */
  readonly isTrustworthy: boolean;
}

/** Part of the matrix, a table of its own. */
export interface CaseGroup {
  readonly title: string;
  readonly columns: readonly string[];
  readonly cases: readonly CookieCase[];
  /** Rows that differ in one cell alone, with the same outcomes, are printed as one. */
  readonly isMerged?: boolean;
  /** Our rules cannot see what is wrong with these, and the browser drops all of them. */
  readonly isDropped?: boolean;
  readonly isFrom: (origin: Origin) => boolean;
}

/** Whether a browser sees another machine there, and not its own. */
export function isRemote({ host }: Origin): boolean {
  return host !== "localhost";
}
