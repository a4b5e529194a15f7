/** The formats that a submission can have, as manifests name them, and how each is recognized. */

import { binaryKind } from '../csv/magic.ts'

/** `.gz` and `.zst` are packed by gzip and Zstandard. */
export const FORMATS = ['csv', 'jsonl', 'parquet', 'csv.gz', 'csv.zst', 'jsonl.gz', 'jsonl.zst'] as const
/** Models that predict, in the place of predictions: a WebAssembly module, an ONNX graph. */
export const MODEL_FORMATS = ['wasm', 'onnx'] as const
export type ModelFormat = (typeof MODEL_FORMATS)[number]
export type Format = (typeof FORMATS)[number] | ModelFormat

export const isModelFormat = (format: Format): format is ModelFormat => MODEL_FORMATS.some((one) => one === format)

/** What a submission is where its challenge says nothing else. */
export const DEFAULT_FORMATS: readonly Format[] = ['csv']

/** What a sealed file's header calls the format; `+gzip` and `+zstd` are registered suffixes (RFC 8460, RFC 9659). */
const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
  'csv.gz': 'text/csv+gzip',
  'csv.zst': 'text/csv+zstd',
  'jsonl.gz': 'application/x-ndjson+gzip',
  'jsonl.zst': 'application/x-ndjson+zstd',
  wasm: 'application/wasm',
  onnx: 'application/x-onnx',
}

export const mediaTypeOf = (format: Format): string => MEDIA_TYPES[format]

/** Media types of the formats that a shape takes. */
export const mediaTypesOf = (formats: readonly Format[] = DEFAULT_FORMATS): string[] => formats.map(mediaTypeOf)

export const formatOfMediaType = (mediaType: string): Format | undefined =>
  ([...FORMATS, ...MODEL_FORMATS] as const).find((format) => MEDIA_TYPES[format] === mediaType)

/** How files of a format are named, for people. */
export const extensionOf = (format: Format): string => `.${format}`

export type Packing = 'gz' | 'zst'

/** By its first bytes: how a file is packed, or undefined. */
export function packingOf(bytes: Uint8Array): Packing | undefined {
  const kind = binaryKind(bytes)
  if (kind === 'a gzip file') return 'gz'
  return kind === 'a Zstandard file' ? 'zst' : undefined
}

export const isParquet = (bytes: Uint8Array): boolean => binaryKind(bytes) === 'a Parquet file'

const WASM = [0x00, 0x61, 0x73, 0x6d]

/** Which kind of model a file is, as its first bytes say: the version of ONNX, the first field of its files, has none of its own. */
export const modelFormatOf = (bytes: Uint8Array): ModelFormat | undefined =>
  isModule(bytes) ? 'wasm' : bytes[0] === 0x08 ? 'onnx' : undefined

/** What an oracle that runs such models lists among its metrics. */
export const MODEL_METRICS: Readonly<Record<ModelFormat, string>> = { wasm: 'model', onnx: 'onnx' }

/** For people. */
export const MODEL_NAMES: Readonly<Record<ModelFormat, string>> = {
  wasm: 'a WebAssembly module, .wasm',
  onnx: 'an ONNX model, .onnx',
}

const isModule = (bytes: Uint8Array): boolean => WASM.every((value, i) => bytes[i] === value)

/** The first byte behind white space and a byte-order mark. */
function firstByte(bytes: Uint8Array): number | undefined {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length && (bytes[at] === 32 || (bytes[at]! >= 9 && bytes[at]! <= 13))) at++
  return bytes[at]
}

export const beginsWith = (bytes: Uint8Array, byte: number): boolean => firstByte(bytes) === byte

export const isBlank = (bytes: Uint8Array): boolean => firstByte(bytes) === undefined

/** A file once it is unpacked. */
export interface Unpacked {
  readonly kind: 'csv' | 'jsonl' | 'parquet'
  readonly bytes: Uint8Array
}
