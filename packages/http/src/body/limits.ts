import { defaultUploadLimits, type UploadLimits } from "../multipart/limits.ts";

/** How much of a body is read. */
export interface BodyLimits extends UploadLimits {
  /** Counted after decompression. Of a multipart body, the text fields together. */
  readonly maxBodyBytes: number;
  /** Text fields of a form, and parameters of a query. */
  readonly maxFields: number;
  /** Arrays and objects inside one another. */
  readonly maxJsonDepth: number;
  /** One line of JSON lines. */
  readonly maxLineBytes: number;
}

/** 1 MiB, 1000 fields, 64 levels, 256 KiB a line. */
export const defaultBodyLimits: BodyLimits = {
  ...defaultUploadLimits,
  maxBodyBytes: 1024 * 1024,
  maxFields: 1000,
  maxJsonDepth: 64,
  maxLineBytes: 256 * 1024,
};
