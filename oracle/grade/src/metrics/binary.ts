/** Which rows of a two-class truth are positive. */

import { parseNumber } from '../csv/number.ts'
import { compareUtf8, utf8 } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'
import type { Column } from '../table/columns.ts'
import { truthClasses } from './classes.ts'
import type { MetricParams } from './metric.ts'

/** 1 for each positive row. Throws `truth_degenerate` unless there are exactly two classes, `params_invalid` for an unknown positive class. */
export function positives(truth: Column, params: MetricParams, metric: string): Uint8Array {
  const { texts, places } = truthClasses(truth)
  if (texts.length !== 2) {
    throw new GradeError(
      'truth_degenerate',
      `${metric} needs a truth with exactly two classes; this one has ${texts.length} in the rows that are graded.`,
    )
  }
  const positive = params.posLabel === undefined ? greaterLabel(texts[0]!, texts[1]!) : String(params.posLabel)
  const place = texts.indexOf(positive)
  if (place < 0) throw new GradeError('params_invalid', 'posLabel is not one of the two classes of the truth.')
  // The place of the second class is 1 already.
  if (place === 1 && places instanceof Uint8Array) return places
  const rows = new Uint8Array(places.length)
  for (let i = 0; i < places.length; i++) if (places[i] === place) rows[i] = 1
  return rows
}

/** Numbers by value, other labels by their bytes, as scikit-learn sorts them. */
function greaterLabel(a: string, b: string): string {
  const [x, y] = [decimal(a), decimal(b)]
  const greater = Number.isFinite(x) && Number.isFinite(y) && x !== y ? x > y : compareUtf8(a, b) > 0
  return greater ? a : b
}

/** The value of a plain decimal number; NaN for every other text, also for `0x1F`, which is a text. */
function decimal(text: string): number {
  const bytes = utf8(text)
  return parseNumber(bytes, 0, bytes.length)
}
