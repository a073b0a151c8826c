import assert from "node:assert/strict";

/** Asserts that a server gives the answers of its workload. Errors: an AssertionError that names the peer and the request. */
export async function checkAnswers(peer, url, checks) {
  for (const check of checks) {
    const { method, path, headers, sent, status, answer, cookies } = check;
    const what = `${peer}: ${method} ${path}`;
    const response = await fetch(url + path, { method, headers: headers ?? {}, body: sent, redirect: "manual" });
    const text = await response.text();
    assert.ok(status.includes(response.status), `${what} answers ${response.status} ${text.slice(0, 200)}`);
    if (answer === undefined) continue;
    assert.match(response.headers.get("content-type") ?? "", /^application\/json\b/, what);
    assert.deepEqual(JSON.parse(text), answer, what);
    if (cookies !== undefined) assert.deepEqual(response.headers.getSetCookie().map(normalize), cookies.map(normalize), what);
  }
}

/** Attributes in one order and one case; Express adds Expires beside Max-Age, which outranks it (RFC 6265 §5.3). */
function normalize(line) {
  const [pair, ...attributes] = line.split("; ");
  const lower = attributes.map((attribute) => attribute.toLowerCase()).filter((attribute) => !attribute.startsWith("expires="));
  return [pair, ...lower.toSorted()].join("; ");
}
