/** Explains a problem in the row that is read now. Each returns a function that is only called for a problem that is told. */

import { utf8Text } from '../csv/utf8.ts'
import type { Explanation } from '../problems.ts'
import type { Reading } from '../read/reading.ts'
import type { ReasonName } from '../reasons.ts'
import { isCell } from '../shape.ts'
import { raggedHint } from './files.ts'
import { expectedOf, shapeInWords } from './shape.ts'
import { idHint, valueHint } from './values.ts'

/** Longer values get no hint, and of their shape the beginning is told. */
const MOST_BYTES = 1024

export function explainValue(reading: Reading, reason: ReasonName, column: number): (() => Explanation) | undefined {
  const { plan, positions } = reading
  if (!plan.explain) return undefined
  return () => {
    const { text, whole } = textAt(reading, positions[column + 1]!)
    const shape = plan.columns[column]!
    const hint = whole ? valueHint(reason, text, shape) : undefined
    return { found: shapeInWords(text), expected: expectedOf(shape), hint }
  }
}

export function explainId(reading: Reading, reason: ReasonName): (() => Explanation) | undefined {
  const { plan, positions, index } = reading
  if (!plan.explain) return undefined
  return () => {
    const { text, whole } = textAt(reading, positions[0]!)
    const expected = index ? `one of the ${index.size} ids of this challenge` : 'an id'
    return { found: shapeInWords(text), expected, hint: whole && index ? idHint(reason, text, index) : undefined }
  }
}

export function explainRagged(reading: Reading, fields: number, width: number): (() => Explanation) | undefined {
  const { plan, scan } = reading
  if (!plan.explain) return undefined
  return () => {
    const values = Array.from({ length: Math.min(fields, scan.starts.length) }, (_, at) => textAt(reading, at).text)
    const numbers = plan.columns.filter(({ type }) => type !== 'label' && !isCell(type)).length
    return { hint: raggedHint(values, width, numbers) }
  }
}

function textAt({ scan }: Reading, field: number): { text: string; whole: boolean } {
  const [start, end] = [scan.starts[field]!, scan.ends[field]!]
  const whole = end - start <= MOST_BYTES
  return { text: utf8Text(scan.source.subarray(start, whole ? end : start + MOST_BYTES)), whole }
}
