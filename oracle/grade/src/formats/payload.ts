/** What the header of a sealed submission may call its content, where a challenge says which formats it takes. */

import { Damaged, Output, TooLarge } from './damaged.ts'
import { gunzipInto } from './gzip.ts'
import {
  beginsWith,
  DEFAULT_FORMATS,
  type Format,
  isModelFormat,
  isParquet,
  mediaTypeOf,
  mediaTypesOf,
  modelFormatOf,
  packingOf,
} from './names.ts'
import { unzstdInto } from './zstd/frame.ts'

/** As `ipfs/content` takes them to open a submission. */
export interface PayloadTypes {
  readonly mediaTypes: readonly string[]
  /** What the content is; absent where a CSV is all that is taken, whose content the grading judges. */
  readonly mediaTypeOf?: (content: Uint8Array) => string
}

export function payloadTypes(formats: readonly Format[] | undefined): PayloadTypes {
  const mediaTypes = mediaTypesOf(formats)
  return formats
    ? { mediaTypes, mediaTypeOf: (content) => mediaTypeOf(contentFormat(content, formats)) }
    : { mediaTypes }
}

/** The media type to seal a file with. */
export const contentMediaType = (content: Uint8Array, formats: readonly Format[] | undefined): string =>
  mediaTypeOf(formats ? contentFormat(content, formats) : DEFAULT_FORMATS[0]!)

const OBJECT = 0x7b
/** How much of a packed file is unpacked to see how it begins: no block of either packing is larger, so that the first one is seen. */
const PEEK_BYTES = 128 * 1024

/** By how the content begins, whether or not the rest of it can be read. A model of ONNX is seen where such are taken: its first byte says little. */
export function contentFormat(content: Uint8Array, formats: readonly Format[] = []): Format {
  const model = modelFormatOf(content)
  if (model === 'wasm' || (model && formats.some(isModelFormat))) return model
  if (isParquet(content)) return 'parquet'
  const packing = packingOf(content)
  const start = packing ? peek(content, packing === 'gz' ? gunzipInto : unzstdInto) : content
  const kind = beginsWith(start, OBJECT) ? 'jsonl' : 'csv'
  return packing ? `${kind}.${packing}` : kind
}

function peek(content: Uint8Array, into: (bytes: Uint8Array, out: Output) => void): Uint8Array {
  const out = new Output(PEEK_BYTES, PEEK_BYTES)
  try {
    into(content, out)
  } catch (error) {
    // Also of a damaged file what came out until then says how it begins.
    if (!(error instanceof TooLarge || error instanceof Damaged)) throw error
  }
  return out.done()
}
