/** Hints about a file as a whole and its header. */

import { utf8Text } from '../csv/utf8.ts'
import type { Unpacked } from '../formats/names.ts'
import { HINTS } from './sentences.ts'
import { INVISIBLE } from './values.ts'

const START_BYTES = 8192

/** By what `binaryKind` says. */
export function binaryHint(kind: string): string | undefined {
  if (/zip, xlsx/.test(kind)) return HINTS.zip
  if (/gzip|zip|xz|7z|Zstandard|bzip2/.test(kind)) return HINTS.packed
  if (/Parquet|Arrow/.test(kind)) return HINTS.parquet
  if (/NumPy|pickle/.test(kind)) return HINTS.array
  if (/Excel|PDF/.test(kind)) return HINTS.spreadsheet
  if (/UTF-16/.test(kind)) return HINTS.utf16
  return /age/.test(kind) ? HINTS.sealed : undefined
}

/** What a text file whose header cannot be used may be instead. */
export function textHint({ kind, bytes }: Unpacked, wanted: readonly string[]): string | undefined {
  if (kind === 'parquet') return undefined
  const start = utf8Text(bytes.subarray(0, START_BYTES)).replace(/^[\ufeff\s]+/, '')
  if (/^<(!doctype|html|head|body|\?xml|!--)/i.test(start)) return HINTS.html
  if (kind === 'jsonl') return undefined
  if (/^(\{|\[\s*[[{"\]])/.test(start)) return HINTS.json
  const line = start.slice(0, start.search(/[\r\n]|$/))
  for (const [separator, hint] of SEPARATORS) {
    const names = line.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
    if (names.length > 1 && names.some((name) => wanted.includes(name))) return hint
  }
  const inner = /^"([^"]*,[^"]*)"$/.exec(line)?.[1]
  return inner?.split(',').some((name) => wanted.includes(name.trim())) ? HINTS.quoted_row : undefined
}

const SEPARATORS: readonly [string, string][] = [
  [';', HINTS.semicolons],
  ['\t', HINTS.tabs],
  ['|', HINTS.bars],
]

/** About a column that is not asked for, by its place, or one that is missing, by its name. */
export function headerHint(
  header: readonly string[],
  wanted: readonly string[],
  at: number | string,
): string | undefined {
  const missing = wanted.filter((name) => !header.includes(name))
  if (at === 0 && isIndex(header[0]!)) return missing.includes(wanted[0]!) ? HINTS.unnamed_index : HINTS.index_column
  if (missing.length === wanted.length && header.some((name) => /^[+-]?\d+([.,]\d+)?$/.test(name)))
    return HINTS.no_header
  const found = typeof at === 'number' ? [header[at]!] : header.filter((name) => !wanted.includes(name))
  const asked = typeof at === 'number' ? missing : [at]
  for (const [hint, same] of SAME)
    if (found.some((name) => asked.some((other) => name !== other && same(name) === same(other)))) return hint
  return typeof at === 'string' && at === wanted[0] && isIndex(header[0]!) ? HINTS.unnamed_index : undefined
}

const isIndex = (name: string): boolean => name === '' || /^Unnamed: \d+$/.test(name)

const visible = (name: string): string => name.replace(INVISIBLE, ' ').trim()
const SAME: readonly [string, (name: string) => string][] = [
  [HINTS.byte_order_mark, (name) => name.replace(/^\ufeff/, '')],
  [HINTS.header_spaces, visible],
  [HINTS.header_form, (name) => name.normalize('NFC')],
  [HINTS.header_case, (name) => visible(name).toLowerCase()],
]

/** About a row that has another number of values than the header. */
export function raggedHint(values: readonly string[], width: number, numbers: number): string | undefined {
  if (values.length === 1 && width > 1) return SEPARATORS.find(([separator]) => values[0]!.includes(separator))?.[1]
  const more = values.length - width
  if (more <= 0) return undefined
  // Each number with a decimal comma is two values of digits.
  const digits = values.slice(1).filter((value) => /^[+-]?\d+$/.test(value)).length
  return more <= numbers && digits >= 2 * more ? HINTS.decimal_comma : HINTS.comma_in_value
}
