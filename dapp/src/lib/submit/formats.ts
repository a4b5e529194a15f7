/** The formats that a challenge takes, for the field in which a file is chosen. Pure. */
import type { Manifest } from '../content/manifest.ts'

type Formats = Manifest['submission']['formats']

const NAMES = {
  csv: 'a CSV',
  jsonl: 'JSON Lines',
  parquet: 'a Parquet file',
  wasm: 'a WebAssembly model (.wasm)',
  onnx: 'an ONNX model (.onnx)',
} as const
const PACKED = { gz: 'gzip', zst: 'Zstandard' } as const

/** "a CSV, JSON Lines or a Parquet file" */
export function formatsInWords(formats: Formats = ['csv']): string {
  const words = formats.map((format) => {
    const [kind, packing] = format.split('.') as [keyof typeof NAMES, keyof typeof PACKED | undefined]
    return packing ? `${NAMES[kind]} (${PACKED[packing]})` : NAMES[kind]
  })
  const last = words.pop()
  return words.length > 0 ? `${words.join(', ')} or ${last}` : (last ?? '')
}

/** For the `accept` of a file input: it goes by the last extension. */
export function acceptedFiles(formats: Formats): string {
  if (!formats) return '.csv,text/csv'
  return [...new Set(formats.map((format) => `.${format.split('.').at(-1)}`))].join(',')
}
