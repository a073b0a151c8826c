// Loads and boots each program that it is given, and prints as JSON what stopped it: [["33-….ts", "boot NOT_A_CONTROLLER"], …].
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const found = [];
for (const path of process.argv.slice(2)) found.push([basename(path), await tryProgram(path)]);
process.stdout.write(JSON.stringify(found));
process.exit(0);

async function tryProgram(path) {
  let app;
  try {
    ({ app } = await import(pathToFileURL(path).href));
  } catch (error) {
    return `load ${error.message}`;
  }
  const warnings = [];
  try {
    await warn(app, warnings);
  } catch (error) {
    return error.problems === undefined ? `boot ${error.stack}` : `boot ${error.problems.map(({ code }) => code).join(" ")}`;
  }
  return warnings.length === 0 ? "nothing" : `warning ${warnings.join(" ")}`;
}

/** What the application warns of when it boots and opens its port: its logger is the standard one, which writes lines of JSON here. */
async function warn(app, warnings) {
  const { stdout, stderr } = process;
  const [say, complain] = [stdout.write, stderr.write];
  stdout.write = () => true;
  stderr.write = (line) => warnings.push(JSON.parse(line).code);
  try {
    await app.listen({ port: 0, host: "127.0.0.1", signals: false });
    await app.close();
  } finally {
    [stdout.write, stderr.write] = [say, complain];
  }
}
