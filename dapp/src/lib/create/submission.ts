/** What a submission looks like, from the engine's form to that of a manifest and a plan. */
import type { ChallengePlan } from '@stellartrain/sdk/create'
import type { Trials } from './engine.ts'

export function plannedSubmission({ source }: Pick<Trials, 'source'>): ChallengePlan['submission'] {
  const { idColumn, columns, rows, maxBytes } = source.submission
  return {
    ...{ format: 'csv', idColumn, rows, maxBytes },
    columns: columns.map(({ labels, ...column }) => ({ ...column, ...(labels ? { labels: [...labels] } : {}) })),
  }
}
