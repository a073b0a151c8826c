import { readHttpDate } from "./http-date.ts";
import { matchesStrongly, matchesWeakly, type Validators } from "./validators.ts";

/** Where a header of the request is read. */
export type ReadHeader = (name: string) => string | undefined;

/**
 * Evaluates the conditions of a GET or HEAD: 304 where the client has this version already, 412 where it wants another one only.
 *
 * Source: RFC 9110 §13.2.2: a tag counts before a date, and what the client must have before what it has.
 */
export function checkPreconditions(header: ReadHeader, { etag, lastModified }: Validators): 304 | 412 | undefined {
  const ifMatch = header("if-match");
  const isWanted = ifMatch === undefined ? !isAfter(lastModified, header("if-unmodified-since")) : matchesStrongly(ifMatch, etag);
  if (!isWanted) return 412;
  const ifNoneMatch = header("if-none-match");
  const isKnown =
    ifNoneMatch === undefined ? isUntil(lastModified, header("if-modified-since")) : matchesWeakly(ifNoneMatch, etag);
  return isKnown ? 304 : undefined;
}

function isAfter(lastModified: string, condition: string | undefined): boolean {
  const [changed, date] = [readHttpDate(lastModified), readDate(condition)];
  return changed !== undefined && date !== undefined && changed > date;
}

function isUntil(lastModified: string, condition: string | undefined): boolean {
  const [changed, date] = [readHttpDate(lastModified), readDate(condition)];
  return changed !== undefined && date !== undefined && changed <= date;
}

function readDate(condition: string | undefined): number | undefined {
  return condition === undefined ? undefined : readHttpDate(condition);
}
