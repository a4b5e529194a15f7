/** Parts the rows to predict of a ranking: public ones, which are scored at once, and private ones, which decide the prizes. Pure. */

import { csvText } from '../content/csv.ts'
import { splitCsv } from '../content/preview.ts'
import type { Form } from './form.ts'
import { shuffled } from './split.ts'

/** The truth as it is sealed, and kept by its maker. */
export const sealedTruth = (form: Pick<Form, 'kind' | 'publicShare' | 'seed'>, truth: string): string =>
  form.kind === 'ranked' ? withUsage(truth, Number(form.publicShare), form.seed) : truth

/** The truth with the column `usage`. The same seed gives the same parts; `share` of the rows, in percent, are public. */
export function withUsage(truth: string, share: number, seed: number): string {
  const [header = [], ...rows] = splitCsv(truth)
  const count = Math.min(rows.length - 1, Math.max(1, Math.round((rows.length * share) / 100)))
  const open = new Set(shuffled(rows.length, seed).slice(0, count))
  return csvText([[...header, 'usage'], ...rows.map((row, at) => [...row, open.has(at) ? 'public' : 'private'])])
}
