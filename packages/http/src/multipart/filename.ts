/**
 * What is kept of a client's file name: its last segment, whatever system it comes from, without control characters.
 *
 * Words to show or to store, never a path to open: two uploads may have the same, and `.htaccess` and `con` are names, too.
 *
 * Shape: `"../../etc/passwd"` gives `"passwd"`, `"C:\\fakepath\\a b.txt"` gives `"a b.txt"`, `".."` gives `""`.
 */
export function keepFilename(filename: string): string {
  const separator = Math.max(filename.lastIndexOf("/"), filename.lastIndexOf("\\"));
  const segment = filename.slice(separator + 1).replace(CONTROLS, "");
  return segment === "." || segment === ".." ? "" : segment;
}

// C0, DEL and C1; and the marks that turn the order of letters around, so that `exe.png` is shown for `gnp.exe`.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
