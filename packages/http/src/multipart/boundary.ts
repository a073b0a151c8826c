import { parameterOf } from "../body/media-type.ts";
import { HTTPException } from "../http-exception.ts";
import { MalformedMultipart } from "./malformed.ts";

/**
 * The boundary of a multipart body, from its Content-Type.
 *
 * Shape:  `multipart/form-data; boundary="a b"` gives `"a b"`.
 * Source: RFC 2046 §5.1.1. It allows 70 characters; clients are known that send 71.
 * Errors: HTTPException 400 without one, in FastAPI's words, and for one that no sender may choose.
 */
export function boundaryOf(contentType: string): string {
  const boundary = parameterOf(contentType, "boundary");
  if (boundary === undefined || boundary === "") throw new HTTPException(400, "Missing boundary in multipart.");
  if (!BOUNDARY.test(boundary)) throw new MalformedMultipart("invalid boundary");
  return boundary;
}

const BOUNDARY = /^[\x20-\x7e]{0,199}[\x21-\x7e]$/; // any visible text: some clients use characters outside of `bchars`
