/// <reference types="node" preserve="true" />
/** Test client on a real socket: sends requests to an application, follows redirects and keeps cookies as a browser does. */
export { TestClient, type Application, type TestClientOptions } from "./test-client.ts";
export { TestResponse, type Redirect } from "./test-response.ts";
export { CookieJar, type CookieAttributes, type StoredCookie } from "./cookie-jar.ts";
export { parseSetCookie, type ReceivedCookie } from "./set-cookie.ts";
export type { BodyOptions, MultipartFields } from "./body.ts";
export type { Fields } from "./fields.ts";
export type { RequestHeaders } from "./headers.ts";
export type { RequestOptions } from "./request-options.ts";
export type { RawOptions } from "./raw.ts";
