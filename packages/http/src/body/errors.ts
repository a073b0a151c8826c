import { HTTPException } from "../http-exception.ts";

/** The body is longer than the limit. `headers` says whether the connection goes on. */
export class BodyTooLarge extends HTTPException {
  constructor(maxBodyBytes: number, headers?: Readonly<Record<string, string>>) {
    super(413, `The body is longer than ${maxBodyBytes} bytes`, headers);
  }
}

/**
 * The client went away before its request was read or its answer sent. Nobody is left to answer, and it is no fault of the
 * application: not for a log of errors (LM-07).
 */
export class RequestAborted extends Error {
  override readonly name = "RequestAborted";

  constructor() {
    super("The client closed the connection");
  }
}
