/**
 * The part of a path that belongs to a mount: its first segments, as they were sent. An encoded slash divides neither here nor in the
 * tree (PA-05), so that both cut at the same place and nothing is decoded to find it.
 *
 * Shape: `splitRootPath("/%61dmin/users/7", 1)` gives `"/%61dmin"`.
 */
export function splitRootPath(path: string, segments: number): string {
  let end = 0;
  for (let count = 0; count < segments; count++) {
    const slash = path.indexOf("/", end + 1);
    if (slash === -1) return path;
    end = slash;
  }
  return path.slice(0, end);
}
