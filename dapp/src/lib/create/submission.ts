/** What a submission looks like, from the engine's form to that of a manifest and a plan. */

import { FORMATS } from '@stellartrain/oracle-grade'
import type { ChallengePlan } from '@stellartrain/sdk/create'
import type { Trials } from './engine.ts'
import type { Form } from './form.ts'
import { kindsOf } from './models.ts'

/** Undefined where a CSV is all that is taken, as the manifest says it. */
export const plannedFormats = ({
  formats,
  models,
}: Pick<Form, 'formats' | 'models'>): ChallengePlan['submission']['formats'] =>
  formats === 'models' ? kindsOf(models) : formats === 'all' ? [...FORMATS] : undefined

export function plannedSubmission(
  { source }: Pick<Trials, 'source'>,
  form?: Pick<Form, 'formats' | 'models'>,
): ChallengePlan['submission'] {
  const { idColumn, columns, rows, maxBytes, model, formats } = source.submission
  // Where models are submitted, it was tried so.
  const taken = model && formats ? [...formats] : form && plannedFormats(form)
  return {
    ...{ format: 'csv', idColumn, rows, maxBytes },
    ...(taken && { formats: taken }),
    ...(model && { model: { ...model, inputs: [...model.inputs] } }),
    columns: columns.map(({ labels, ...column }) => ({ ...column, ...(labels ? { labels: [...labels] } : {}) })),
  }
}
