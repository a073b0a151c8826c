import type { AnsweredRequest } from "../answered-request.ts";
import type { Response } from "../response.ts";
import { carriesContent, LazyBody } from "../stream/lazy-body.ts";
import { StreamBody } from "../stream/stream-body.ts";
import { lengthOf, writeByteRanges, writeContentRange, type Piece } from "./byteranges.ts";
import { FileSource } from "./file-source.ts";
import { openFile, type OpenFile } from "./open-file.ts";
import { checkPreconditions, type ReadHeader } from "./preconditions.ts";
import { readRanges, type ByteRange } from "./ranges.ts";
import { matchesIfRange, toValidators, type Validators } from "./validators.ts";

/** A file that is opened when it is known which request it answers. One FileBody may answer many. */
export class FileBody extends LazyBody {
  readonly length = undefined; // known when it is open
  readonly #path: string;
  readonly #disposition: string | undefined;

  /** `disposition` is the finished header. */
  constructor(path: string, disposition: string | undefined) {
    super();
    this.#path = path;
    this.#disposition = disposition;
  }

  /** Gives a copy that answers this request: with the file, with parts of it, or with the word that the client has it already. */
  async prepare(response: Response, request: AnsweredRequest): Promise<Response> {
    const file = await openFile(this.#path);
    let body: StreamBody | undefined;
    try {
      const answer = response.copy();
      answer.body = null;
      if (answer.hasHeaders) answer.headers.delete("content-length");
      const pieces = selectPieces(answer, request, file);
      if (pieces === undefined) return answer;
      if (this.#disposition !== undefined) setMissing(answer, "content-disposition", this.#disposition);
      const length = lengthOf(pieces);
      if (carriesContent(answer.status, request.method))
        answer.body = body = new StreamBody(new FileSource(file, pieces), length);
      else answer.headers.set("content-length", String(length)); // what HEAD leaves out (RFC 9110 §9.3.2)
      return body === undefined ? answer : await body.prepare(answer, request);
    } finally {
      if (body === undefined) await file.handle.close();
    }
  }

  async close(): Promise<void> {} // nothing is open before prepare()
}

/** Settles status and headers, and gives what of the file is sent; undefined for an answer without content. */
function selectPieces(answer: Response, request: AnsweredRequest, file: OpenFile): readonly Piece[] | undefined {
  const whole = file.size === 0 ? [] : [{ start: 0, end: file.size - 1 }];
  // Conditions are about what GET would answer with 200 (RFC 9110 §13.2.1), not about an error page.
  if (answer.status !== 200 || (request.method !== "GET" && request.method !== "HEAD")) return whole;
  const header: ReadHeader = (name) => request.headers?.get(name);
  const validators = setValidators(answer, file);
  const status = checkPreconditions(header, validators);
  if (status !== undefined) return setBare(answer, status);
  setMissing(answer, "accept-ranges", "bytes");
  const ranges = request.method === "GET" ? requestedRanges(header, validators, file.size) : undefined;
  return ranges === undefined ? whole : selectRanges(answer, ranges, file.size);
}

function requestedRanges(header: ReadHeader, validators: Validators, size: number): readonly ByteRange[] | undefined {
  const range = header("range");
  const ifRange = header("if-range");
  if (range === undefined || (ifRange !== undefined && !matchesIfRange(ifRange, validators))) return undefined;
  return readRanges(range, size);
}

function selectRanges(answer: Response, ranges: readonly ByteRange[], size: number): readonly Piece[] | undefined {
  if (ranges.length < 2) answer.headers.set("content-range", writeContentRange(ranges[0], size));
  if (ranges.length === 0) return setBare(answer, 416);
  answer.status = 206;
  if (ranges.length === 1) return ranges;
  const parts = writeByteRanges(ranges, size, answer.contentType);
  setMediaType(answer, parts.mediaType);
  return parts.pieces;
}

/** The validators that were set on the response count before those of the file. */
function setValidators(answer: Response, file: OpenFile): Validators {
  const { etag, lastModified, isSettled } = toValidators(file);
  setMissing(answer, "etag", etag);
  setMissing(answer, "last-modified", lastModified);
  return {
    etag: answer.headers.get("etag") ?? etag,
    lastModified: answer.headers.get("last-modified") ?? lastModified,
    isSettled,
  };
}

function setBare(answer: Response, status: 304 | 412 | 416): undefined {
  answer.status = status;
  setMediaType(answer, null);
}

function setMediaType(answer: Response, mediaType: string | null): void {
  answer.headers.delete("content-type");
  answer.mediaType = mediaType;
}

function setMissing({ headers }: Response, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}
