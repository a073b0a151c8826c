/** How much of a `multipart/form-data` body is read, and where its files go. */
export interface UploadLimits {
  /** The whole body, counted after decompression. */
  readonly maxUploadBytes: number;
  readonly maxFiles: number;
  /** One file. A route says for each of its own with `FileLimits`. */
  readonly maxFileBytes: number;
  /** One text field. */
  readonly maxFieldBytes: number;
  readonly maxFieldNameBytes: number;
  /** A file up to this size is held in memory, a longer one on disk. */
  readonly maxMemoryFileBytes: number;
  /** Where longer files are kept until the request is over; `undefined` for the system's directory. */
  readonly uploadDirectory: string | undefined;
}

/** 10 MiB in all, 100 files, 1 MiB for a field, 200 bytes for its name, 256 KiB in memory. */
export const defaultUploadLimits: UploadLimits = {
  maxUploadBytes: 10 * 1024 * 1024,
  maxFiles: 100,
  maxFileBytes: Infinity,
  maxFieldBytes: 1024 * 1024,
  maxFieldNameBytes: 200,
  maxMemoryFileBytes: 256 * 1024,
  uploadDirectory: undefined,
};

/** What a route takes of the files of one name. */
export interface FileLimits {
  readonly maxBytes?: number | undefined;
  readonly maxFiles?: number | undefined;
}
