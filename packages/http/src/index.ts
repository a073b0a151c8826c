/// <reference types="node" preserve="true" />
import "./copy.ts";
export { checkProtocol, type ProtocolViolation } from "./accept.ts";
export { BodyTooLarge, RequestAborted } from "./body/errors.ts";
export { FormFields } from "./body/form-fields.ts";
export { JSONSyntaxError } from "./body/json-syntax.ts";
export { isJson, isJsonLines, isMultipart, isUrlencoded } from "./body/media-type.ts";
export { decodeText } from "./body/text.ts";
export { compileTrustProxy, type TrustProxy } from "./client/trust-proxy.ts";
export { Consent } from "./cookies/consent/consent.ts";
export { cookieConsent, type ConsentOptions, type ConsentRules, type ConsentState } from "./cookies/consent/consent-rules.ts";
export { type CookieRule, CookieError } from "./cookies/cookie-error.ts";
export type { CookieName, NeedsAttributes, NotACookieName, PlainCookieName } from "./cookies/cookie-name.ts";
export { CookieDefinition, defineCookie } from "./cookies/definition.ts";
export type { CookieReach } from "./cookies/expire.ts";
export type {
  AcceptsAbsence,
  CookieAttributes,
  CookieLifetime,
  CookieOptions,
  DefinitionOptions,
  MustAcceptAbsence,
  NamedCookieOptions,
  OptionsOrNone,
} from "./cookies/options.ts";
export { parseCookies } from "./cookies/parse.ts";
export { type CookieReader, type CookieReading, type CookieRules, RequestCookies } from "./cookies/request-cookies.ts";
export { CookieKeys, type CookieProtection } from "./cookies/sealing/cookie-keys.ts";
export type { OpenedCookie } from "./cookies/sealing/cookie-seal.ts";
export { findWeakness } from "./cookies/sealing/weak-secret.ts";
export { serializeCookie } from "./cookies/serialize.ts";
export type { CookieScope, SealedPair, SetCookie } from "./cookies/set-cookie.ts";
export { mergeCookies, SetCookies } from "./cookies/set-cookies.ts";
export { departures } from "./departures.ts";
export { RequestHeaders } from "./headers/request-headers.ts";
export { HTTPException } from "./http-exception.ts";
export { Later } from "./later.ts";
export type { FileLimits } from "./multipart/limits.ts";
export { UploadedFile } from "./multipart/uploaded-file.ts";
export { UploadPart } from "./multipart/upload-part.ts";
export { UploadStream } from "./multipart/upload-stream.ts";
export { nodeCrypto, nodeHttp } from "./node-modules.ts";
export { QueryParameters } from "./query/query-parameters.ts";
export { hearOfClose } from "./queued-responses.ts";
export { defaultRequestSettings, Request, type RequestSettings } from "./request.ts";
export { EventSourceResponse, type EventSourceInit } from "./responses/event-source.ts";
export { readLastEventId } from "./responses/event-stream/last-event-id.ts";
export { EventError, type EventFields, ServerSentEvent } from "./responses/event-stream/server-sent-event.ts";
export { type FileInit, FileResponse } from "./responses/file.ts";
export type { Disposition } from "./responses/file/content-disposition.ts";
export { FileError } from "./responses/file/open-file.ts";
export { fromWebResponse, isWebResponse } from "./responses/from-web.ts";
export type { AnsweredRequest } from "./responses/answered-request.ts";
export { writeResponseHead } from "./responses/head.ts";
export { HeaderError } from "./responses/header-rules.ts";
export { Html, type HtmlValue, html, unsafeHtml } from "./responses/html-template.ts";
export { HTMLResponse } from "./responses/html.ts";
export { EventStream, ItemStream, JSONLines, type Streamed } from "./responses/item-stream.ts";
export { JSONLinesResponse } from "./responses/json-lines.ts";
export { JSONResponse } from "./responses/json.ts";
export { mergeResponse } from "./responses/merge.ts";
export { PlainTextResponse } from "./responses/plain-text.ts";
export { RedirectError } from "./responses/redirect-target.ts";
export { type RedirectInit, RedirectResponse, type RedirectStatus } from "./responses/redirect.ts";
export { type HeaderEntries, ResponseHeaders } from "./responses/response-headers.ts";
export { type CookieValue, Response, type ResponseBody, type ResponseInit, type SetCookieOptions } from "./responses/response.ts";
export { JSONSerializationError, serializeCarried, serializeJson } from "./responses/serialize-json.ts";
export { type Chunk, StreamChunkError, StreamLengthError } from "./responses/stream/chunk.ts";
export { StreamItemError } from "./responses/stream/item-check.ts";
export { LazyBody, prepareResponse } from "./responses/stream/lazy-body.ts";
export type { StreamSource } from "./responses/stream/source.ts";
export { StreamBody } from "./responses/stream/stream-body.ts";
export { type StreamingInit, StreamingResponse } from "./responses/streaming.ts";
export { send } from "./send.ts";
export { forbidsContent, reasonPhrase, StatusError } from "./status.ts";
export {
  type CompiledText,
  compileModel,
  compileText,
  type Definition,
  definitionOf,
  encodeText,
  invertible,
  isIntegerSchema,
  isModel,
  isUnawaited,
  makeMeasurable,
  MAX_SCHEMAS,
  schemaParts,
  type TextField,
  type TextModel,
  type TextOptions,
  TextSchemaError,
  unwrap,
} from "./text/index.ts";
