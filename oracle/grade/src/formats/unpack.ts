/** Which of a challenge's formats a file has, and its text where it is packed. */

import { binaryKind } from '../csv/magic.ts'
import { binaryHint } from '../hints/files.ts'
import { HINTS } from '../hints/sentences.ts'
import { addProblem, type Problems } from '../problems.ts'
import type { ReadPlan } from '../read/readplan.ts'
import { LIMITS } from '../shape.ts'
import { TooLarge } from './damaged.ts'
import { gunzip } from './gzip.ts'
import {
  beginsWith,
  DEFAULT_FORMATS,
  type Format,
  isBlank,
  isParquet,
  type Packing,
  packingOf,
  type Unpacked,
} from './names.ts'
import { unzstd } from './zstd/frame.ts'

/** Undefined where the file cannot be read; the reason is then in the problems. */
export function unpack(
  bytes: Uint8Array,
  { formats = DEFAULT_FORMATS, maxBytes }: Pick<ReadPlan, 'formats' | 'maxBytes'>,
  problems: Problems,
): Unpacked | undefined {
  const only = formats.length === 1 && formats[0] === 'csv'
  const packing = packingOf(bytes)
  const text = packing && !only ? unpackText(bytes, packing, maxBytes, formats, problems) : bytes
  if (!text) return undefined
  const kind = isParquet(text) && !packing ? 'parquet' : only ? 'csv' : textKind(text, formats)
  const format: Format = kind === 'parquet' || !packing || only ? kind : `${kind}.${packing}`
  const binary = kind === 'parquet' && formats.includes('parquet') ? undefined : binaryKind(text)
  if (binary && only) {
    addProblem(problems, 'not_text', null, null, `It looks like ${binary}.`, () => ({ hint: binaryHint(binary) }))
    return undefined
  }
  if (binary || !formats.includes(format)) {
    const array = beginsWith(text, LIST) ? HINTS.json_array : undefined
    wrongFormat(problems, formats, binary ?? `${NAMES[kind]}${packing ? ', packed' : ''}`, array)
    return undefined
  }
  return { kind, bytes: text }
}

const OBJECT = 0x7b
const LIST = 0x5b
const NAMES = { csv: 'CSV text', jsonl: 'JSON Lines', parquet: 'a Parquet file' }

/** Unless a CSV is all that is taken, what begins with a brace is JSON Lines. */
function textKind(bytes: Uint8Array, formats: readonly Format[]): 'csv' | 'jsonl' {
  const csv = formats.some((format) => format.startsWith('csv'))
  return beginsWith(bytes, OBJECT) || (isBlank(bytes) && !csv) ? 'jsonl' : 'csv'
}

function wrongFormat(
  problems: Problems,
  formats: readonly Format[],
  found: string,
  hint: string = HINTS.other_format,
): void {
  const asked = formats.map((format) => `.${format}`).join(', ')
  addProblem(problems, 'wrong_format', null, null, `It looks like ${found}, what is taken is ${asked}.`, () => ({
    hint,
  }))
}

function unpackText(
  bytes: Uint8Array,
  packing: Packing,
  maxBytes: number,
  formats: readonly Format[],
  problems: Problems,
): Uint8Array | undefined {
  if (!formats.some((format) => format.endsWith(`.${packing}`))) {
    wrongFormat(problems, formats, packing === 'gz' ? 'a gzip file' : 'a Zstandard file')
    return undefined
  }
  const ratio = Math.max(LIMITS.ratioFrom, bytes.length * LIMITS.maxRatio)
  try {
    return (packing === 'gz' ? gunzip : unzstd)(bytes, Math.min(maxBytes, ratio))
  } catch (error) {
    const reason = error instanceof TooLarge ? 'unpacks_too_large' : 'bad_compression'
    const limit = maxBytes <= ratio ? `${maxBytes} bytes` : `${LIMITS.maxRatio} times its own size`
    addProblem(problems, reason, null, null, reason === 'bad_compression' ? '' : `The limit is ${limit}.`)
    return undefined
  }
}
