/** A value under a status of its own: what {@link reply} makes. */
export class StatusReply<Status extends number = number, Value = unknown> {
  readonly status: Status;
  readonly value: Value;

  constructor(status: Status, value: Value) {
    this.status = status;
    this.value = value;
  }
}

/**
 * Returned by a handler: a value under one of the statuses that its route declares.
 *
 * Shape:  `return reply(404, { reason: "sold out" })` in a route with `{ responses: { 200: Item, 404: Problem } }`. The compiler checks status and
 *         value; what the schema of the status does not name never leaves the server.
 */
export function reply<const Status extends number, const Value>(status: Status, value: Value): StatusReply<Status, Value> {
  return new StatusReply(status, value);
}
