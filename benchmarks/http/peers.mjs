/** Who is compared. `raw` is what every ratio is taken against. */
export const peers = {
  raw: { module: "servers/raw.mjs", about: "node:http by hand, its public API only" },
  "raw-zod": { module: "servers/raw-zod.mjs", about: "the same, validating with zod" },
  "raw-together": { module: "servers/raw-together.mjs", about: "raw, with answers that leave together" },
  madeleine: { module: "dist/servers/madeleine/server.js", about: "decorators, compiled with tsc, from dist" },
  fastify: { module: "servers/fastify.mjs", about: "5, schemas for input and output" },
  hono: { module: "servers/hono.mjs", about: "4, on @hono/node-server" },
  nest: { module: "dist/servers/nest/server.js", about: "12, on fastify" },
  express: { module: "servers/express.mjs", about: "5" },
};
