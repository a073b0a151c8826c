import type { FileLimits } from "@madeleine/http";

/** What a route takes of the files of one name. */
export interface UploadOptions extends FileLimits {
  /** Whether all files of the name are given, as a list, and not the last of them. */
  readonly many?: boolean | undefined;
  /** Whether there may be none. */
  readonly optional?: boolean | undefined;
}
