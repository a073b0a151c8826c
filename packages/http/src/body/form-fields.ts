import { Fields, parseUrlencoded } from "../query/fields.ts";

/** The fields of a form. Of two with one name `get` gives the last. */
export class FormFields extends Fields {}

/**
 * Parses the text of an `application/x-www-form-urlencoded` body.
 *
 * Source: WHATWG URL §5.1.
 * Errors: HTTPException 400 for more than `maxFields` fields (JB-15).
 */
export function parseForm(text: string, maxFields: number): FormFields {
  return new FormFields(parseUrlencoded(text, maxFields));
}
