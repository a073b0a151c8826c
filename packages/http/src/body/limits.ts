/** How much of a body is read. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  /** Fields of a form, and parameters of a query. */
  readonly maxFields: number;
  /** Arrays and objects inside one another. */
  readonly maxJsonDepth: number;
}

/** 1 MiB, 1000 fields, 64 levels. */
export const defaultBodyLimits: BodyLimits = { maxBodyBytes: 1024 * 1024, maxFields: 1000, maxJsonDepth: 64 };
