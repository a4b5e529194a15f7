/** What a submission looks like, from the engine's form to that of a manifest and a plan. */

import { FORMATS } from '@stellartrain/oracle-grade'
import type { ChallengePlan } from '@stellartrain/sdk/create'
import type { Trials } from './engine.ts'
import type { Form } from './form.ts'

/** Undefined where a CSV is all that is taken, as the manifest says it. */
export const plannedFormats = (formats: Form['formats']): ChallengePlan['submission']['formats'] =>
  formats === 'all' ? [...FORMATS] : undefined

export function plannedSubmission(
  { source }: Pick<Trials, 'source'>,
  formats: Form['formats'] = 'csv',
): ChallengePlan['submission'] {
  const taken = plannedFormats(formats)
  const { idColumn, columns, rows, maxBytes } = source.submission
  return {
    ...{ format: 'csv', idColumn, rows, maxBytes },
    ...(taken && { formats: taken }),
    columns: columns.map(({ labels, ...column }) => ({ ...column, ...(labels ? { labels: [...labels] } : {}) })),
  }
}
