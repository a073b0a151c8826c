import { HTTPException } from "../http-exception.ts";

/** What a client sent is no `multipart/form-data` (RFC 7578): a 400 that says where. */
export class MalformedMultipart extends HTTPException {
  constructor(problem: string) {
    super(400, `Malformed multipart: ${problem}`);
  }
}
