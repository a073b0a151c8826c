import { join } from "node:path";
import { rolldown } from "rolldown";

/**
 * Writes the JavaScript of a package: one file for each of its exports, and one for what several of them use.
 *
 * One file and not one for each room, because Node takes a fifth of a millisecond for each module that it resolves, reads and links: 40 to 60 ms
 * at every start. What other packages export stays an import, so each class exists once. The maps lead to `src`.
 *
 * Errors: an `Error` for whatever the bundler has doubts about.
 */
export async function bundlePackage({ folder, manifest }) {
  const bundle = await rolldown({
    input: listEntries(manifest, folder),
    cwd: folder,
    external: /^[^./]/,
    platform: "neutral",
    tsconfig: false,
    treeshake: false, // everything is meant to be there
    transform: { target: "es2022", typescript: { onlyRemoveTypeImports: true } },
    onLog(_level, { message }) {
      throw new Error(`bundling ${manifest.name}: ${message}`);
    },
  });
  try {
    await bundle.write({
      dir: join(folder, "dist"),
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      sourcemap: true,
      sourcemapExcludeSources: true, // `src` is published, too
      comments: false,
    });
  } finally {
    await bundle.close();
  }
}

/** Shape: `{ "index": "/repo/packages/session/src/index.ts", "redis": "/repo/packages/session/src/redis.ts" }` */
function listEntries({ exports }, folder) {
  const entries = Object.values(exports).filter((entry) => typeof entry === "object");
  return Object.fromEntries(
    entries.map((entry) => [entry.default.slice("./dist/".length, -".js".length), join(folder, entry["@madeleine/source"])]),
  );
}
