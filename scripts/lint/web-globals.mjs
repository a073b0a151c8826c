/**
 * Linter rule: `Request`, `Response`, `Headers` and `WebSocket` are imported, never taken from Node's globals.
 *
 * A forgotten import compiles against the wrong class and fails only at boot. oxlint's own `no-restricted-globals` sees
 * values but not types, and `handle(response: Response)` is a type. Who means the global writes `globalThis.Response`.
 */
const restricted = new Set(["Request", "Response", "Headers", "WebSocket"]);

const webGlobals = {
  create(context) {
    return {
      "Program:exit"() {
        const references = context.sourceCode.scopeManager.globalScope.through;
        for (const { identifier } of references) {
          if (restricted.has(identifier.name)) context.report({ node: identifier, message: toMessage(identifier.name) });
        }
      },
    };
  },
};

function toMessage(name) {
  return `\`${name}\` is Node's global here: import it, or write \`globalThis.${name}\` when the global is meant.`;
}

export default { meta: { name: "madeleine" }, rules: { "web-globals": webGlobals } };
