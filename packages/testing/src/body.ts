import { toList, toUrlencoded, type Fields } from "./fields.ts";

/** Fields of a `multipart/form-data` body: text, or a `Blob` or `File` as an upload. */
export type MultipartFields = FormData | Readonly<Record<string, string | Blob | readonly (string | Blob)[] | undefined>>;

/** A request's body, in one of four forms. All but `body` set the content type, which a header of the request may replace. */
export type BodyOptions =
  | { readonly json: unknown; readonly form?: never; readonly multipart?: never; readonly body?: never }
  | { readonly form: Fields; readonly json?: never; readonly multipart?: never; readonly body?: never }
  | { readonly multipart: MultipartFields; readonly json?: never; readonly form?: never; readonly body?: never }
  | { readonly body?: RawBody; readonly json?: never; readonly form?: never; readonly multipart?: never };

type RawBody = string | Uint8Array | AsyncIterable<Uint8Array>;

/** A body ready to send; `isReplayable` says whether a redirect that keeps the method can send it again. */
export interface EncodedBody {
  readonly content: RawBody | undefined;
  readonly contentType?: string;
  readonly isReplayable: boolean;
}

/** Encodes the body that the options of a request describe. */
export async function encodeBody(options: BodyOptions): Promise<EncodedBody> {
  if (options.json !== undefined) return encoded(JSON.stringify(options.json), "application/json");
  if (options.form !== undefined) return encoded(toUrlencoded(options.form), "application/x-www-form-urlencoded");
  if (options.multipart !== undefined) return encodeMultipart(options.multipart);
  const { body } = options;
  return { content: body, isReplayable: body === undefined || typeof body === "string" || body instanceof Uint8Array };
}

function encoded(content: string | Uint8Array, contentType: string): EncodedBody {
  return { content, contentType, isReplayable: true };
}

/** Node's own encoder chooses the boundary; encoded whole, so that a 307 can send the same bytes again. */
async function encodeMultipart(fields: MultipartFields): Promise<EncodedBody> {
  const encoder = new globalThis.Response(toFormData(fields));
  const content = new Uint8Array(await encoder.arrayBuffer());
  return encoded(content, encoder.headers.get("content-type") ?? "multipart/form-data");
}

function toFormData(fields: MultipartFields): FormData {
  if (fields instanceof FormData) return fields;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of toList<string | Blob>(value)) {
      if (typeof each === "string") form.append(name, each);
      else form.append(name, each);
    }
  }
  return form;
}
