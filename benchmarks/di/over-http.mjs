import { App } from "@madeleine/core";
import { dependency } from "@madeleine/di";
import autocannon from "autocannon";

const rounds = 7;
const soon = (value) => new Promise((resolve) => setImmediate(resolve, value));

/** Four routes of one application: each chain of three as dependencies, and called by the handler itself. */
export async function measureHttp(median) {
  const app = new App({ logger: { error() {}, warn() {}, info() {} } });
  declare(app, "sync", (value) => value);
  declare(app, "async", soon);
  await app.listen({ port: 0, host: "127.0.0.1", signals: false, quiet: true });
  const paths = ["/sync/by-hand", "/sync/dependencies", "/async/by-hand", "/async/dependencies"];
  const seen = paths.map(() => []);
  for (const path of paths) await load(app.url + path, 2); // warm
  for (let round = 0; round < rounds; round++)
    for (const [index, path] of paths.entries()) seen[index].push(await load(app.url + path, 2));
  for (const [index, path] of paths.entries()) {
    const [low, high] = [Math.min(...seen[index]), Math.max(...seen[index])];
    console.log(`  ${path}: ${median(seen[index]).toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`);
  }
  await app.close();
}

function declare(app, name, step) {
  const isAsync = name === "async";
  const first = dependency({}, () => step(1));
  const second = dependency({ first }, ({ first }) => step(first + 1));
  const third = dependency({ second }, ({ second }) => step(second + 1));
  app.get(`/${name}/dependencies`, { third }, ({ third }) => ({ value: third }));
  const byHand = isAsync
    ? async () => ({ value: await step((await step((await step(1)) + 1)) + 1) })
    : () => ({ value: step(step(step(1) + 1) + 1) });
  app.get(`/${name}/by-hand`, byHand);
}

async function load(url, duration) {
  const result = await autocannon({ url, duration, connections: 50 });
  if (result.non2xx + result.errors > 0) throw new Error(`${url} did not answer`);
  return result.requests.average;
}
