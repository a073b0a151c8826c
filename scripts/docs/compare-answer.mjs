/**
 * Says how an answer differs from what the page shows, or undefined where it does not.
 *
 * With `curl -i` the page shows the status and those headers that matter there; the others are not looked at. JSON is compared as
 * a value, so that the page may break its lines, and `…` stands for any text.
 */
export function compareAnswer({ expected, showsHead }, answer) {
  const [head, body] = showsHead ? splitHead(expected) : [[], expected];
  const [status, ...headers] = head;
  const given = `${answer.status} ${answer.reason}`;
  if (status !== undefined && status !== `HTTP/1.1 ${given}`) return `answers ${given}, with ${answer.body}`;
  for (const line of headers) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const values = [answer.headers[name] ?? []].flat();
    if (!values.some((value) => isLike(line.slice(name.length + 1).trim(), value)))
      return `answers without "${line}", but ${name}: ${values.join(" | ")}`;
  }
  return isLike(normal(body), normal(answer.body)) ? undefined : `answers ${answer.body}`;
}

function splitHead(text) {
  const end = text.indexOf("\n\n");
  return end === -1 ? [text.split("\n"), ""] : [text.slice(0, end).split("\n"), text.slice(end + 2)];
}

function normal(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text.trim();
  }
}

function isLike(pattern, text) {
  const source = pattern
    .split("…")
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("[^]*");
  return new RegExp(`^${source}$`).test(text);
}
