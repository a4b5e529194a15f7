/** A chosen file as CSV text, or what it is instead, in words: a maker learns it here and not from the oracle. Pure. */
import { binaryKind } from '@stellartrain/oracle-grade'

export type FileText = { text: string; problem?: undefined } | { text?: undefined; problem: string }

const PICTURES: readonly [string, readonly number[]][] = [
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a WebP picture', [0x52, 0x49, 0x46, 0x46]],
]
const SAMPLE_BYTES = 1024
const UTF16 = 'The file is UTF-16 text. Save it as UTF-8: in Excel, “CSV UTF-8 (comma delimited)”.'

export function readCsvFile(bytes: Uint8Array): FileText {
  if (bytes.length === 0) return { problem: 'The file is empty (0 bytes).' }
  const kind = binaryKind(bytes) ?? PICTURES.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0]
  if (kind === 'UTF-16 text') return { problem: UTF16 }
  if (kind) return { problem: `The file is ${kind}, not a CSV.` }
  const zeros = bytes.subarray(0, SAMPLE_BYTES).filter((byte) => byte === 0).length
  if (zeros > 0)
    return { problem: zeros * 3 > Math.min(bytes.length, SAMPLE_BYTES) ? UTF16 : 'The file is binary, not a CSV.' }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return {
      problem: 'The file is not UTF-8 text; it may be Latin-1 or Windows-1252. Save it as UTF-8 and choose it again.',
    }
  }
  if (text.trim() === '') return { problem: 'The file holds nothing but white space.' }
  const header = text.slice(0, text.search(/\r|\n|$/))
  const other = header.includes(',') ? undefined : SEPARATORS.find(([sign]) => header.includes(sign))
  if (other)
    return { problem: `The values are separated by ${other[1]}. Save the file with commas and choose it again.` }
  return { text }
}

const SEPARATORS: readonly [string, string][] = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars (|)'],
]
