/**
 * Reads the requests and answers of a console block: each `$ curl …` and what stands below it. Other commands are skipped.
 *
 * Shape: `$ curl -i -X POST localhost:8000/login` gives `{ line, method: "POST", path: "/login", headers: {}, body: undefined,
 *        showsHead: true, expected: "HTTP/1.1 303 See Other\n…" }`. Known are -i -X -d -F -H -b --json, and `\` at the end of a line; a file
 *        of -F holds its own name.
 * Errors: an option that is not known.
 */
export function readRequests(text, line) {
  const requests = [];
  const lines = text.replaceAll("\\\n", "").split("\n");
  for (const [offset, one] of lines.entries()) {
    if (one.startsWith("$ ")) requests.push(one.startsWith("$ curl ") ? { line: line + offset, ...readCommand(one) } : undefined);
    else if (requests.at(-1) !== undefined) requests.at(-1).expected += `${one}\n`;
  }
  return requests
    .filter((request) => request !== undefined)
    .map((request) => ({ ...request, expected: request.expected.trim() }));
}

function readCommand(command) {
  const request = { method: undefined, path: "/", headers: {}, body: undefined, showsHead: false, expected: "" };
  const words = splitWords(command).slice(2);
  while (words.length > 0) {
    const word = words.shift();
    if (word in options) options[word](request, words);
    else if (word.startsWith("-")) throw new Error(`curl ${word} is not known here: ${command}`);
    else request.path = word.replace(/^(?:https?:\/\/)?[^/]+/, "") || "/";
  }
  return { ...request, method: request.method ?? (request.body === undefined ? "GET" : "POST") };
}

const options = {
  "-i": (request) => (request.showsHead = true),
  "-X": (request, words) => (request.method = words.shift()),
  "-b": (request, words) => (request.headers.cookie = words.shift()),
  "-H": (request, words) => {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(words.shift());
    request.headers[name.toLowerCase()] = value;
  },
  "-d": (request, words) => {
    request.headers["content-type"] ??= "application/x-www-form-urlencoded";
    request.body = request.body === undefined ? words.shift() : `${request.body}&${words.shift()}`;
  },
  "-F": (request, words) => {
    const [, name, at, value, type = "application/octet-stream"] = /^([^=]+)=(@?)([^;]*)(?:;type=(.*))?$/.exec(words.shift());
    request.headers["content-type"] ??= "multipart/form-data; boundary=of-the-page";
    const file = at === "" ? "" : `; filename="${value}"\r\ncontent-type: ${type}`;
    const part = `--of-the-page\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
    request.body = `${(request.body ?? "--of-the-page--").replace(/--of-the-page--$/, "")}${part}--of-the-page--`;
  },
  "--json": (request, words) => {
    request.headers["content-type"] ??= "application/json";
    request.body = words.shift();
  },
};

function splitWords(command) {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain);
}
