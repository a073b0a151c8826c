import { Fields, parseUrlencoded } from "./fields.ts";

/**
 * The parameters of a query.
 *
 * Shape:  `new QueryParameters("q=tea&limit=10")` has `get("limit") → "10"`.
 * Errors: HTTPException 400 for more than `maxFields` parameters (QS-05).
 */
export class QueryParameters extends Fields {
  constructor(search: string, maxFields = 1000) {
    super(parseUrlencoded(search, maxFields));
  }
}
