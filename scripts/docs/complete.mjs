/**
 * Makes a program of an excerpt. A block without any import is one: it is given what it uses of madeleine, zod, and, where it
 * makes no application, one of its controllers, which listens.
 *
 * Imports are hoisted, so all of it goes to the end: line numbers stay those that the reader counts.
 */
export function complete(text, { values, types }) {
  if (/^import /m.test(text)) return text;
  const added = [];
  const controllers = [...text.matchAll(/@Controller\([^\n]*\)\s*(?:@[^\n]*\s*)*(?:export )?(?:abstract )?class (\w+)/g)].map(
    ([, name]) => name,
  );
  if (controllers.length > 0 && !/\bnew App\(/.test(text))
    added.push(`const app = new App({ controllers: [${controllers.join(", ")}] });`);
  if (/\bapp\b/.test(text + added.join("")) && !/\.listen\(/.test(text)) added.push("await app.listen();");
  const whole = [text, ...added].join("\n");
  return [whole, importOf(values, types, whole), `import { z } from "zod";`].join("\n");
}

function importOf(values, types, text) {
  const used = (name) =>
    new RegExp(`\\b${name}\\b`).test(text) && !new RegExp(`\\b(?:class|interface|type|const|function) ${name}\\b`).test(text);
  const names = [...values.filter(used), ...types.filter(used).map((name) => `type ${name}`)];
  return `import { ${names.join(", ")} } from "madeleine";`;
}
