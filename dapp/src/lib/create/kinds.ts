/** How a challenge pays, which is the first question of the wizard: it decides which steps follow. */

export type Kind = 'bounty' | 'ranked' | 'per_unit' | 'earnings'
export type StepName = 'kind' | 'data' | 'metric' | 'items' | 'task' | 'money' | 'oracles' | 'review'

const COMPETITION: readonly StepName[] = ['kind', 'data', 'metric', 'money', 'oracles', 'review']
const LABELS: readonly StepName[] = ['kind', 'items', 'task', 'money', 'oracles', 'review']

export const paysLabels = (kind: Kind): kind is 'per_unit' | 'earnings' => kind === 'per_unit' || kind === 'earnings'

export const stepsOf = (kind: Kind): readonly StepName[] => (paysLabels(kind) ? LABELS : COMPETITION)

/** What is asked for first, in a maker's words. */
export const kinds: readonly { value: Kind; label: string; hint: string }[] = [
  {
    value: 'bounty',
    label: 'A prize for reaching a score',
    hint: 'The first whose predictions reach your threshold are paid at once, in the order of submission.',
  },
  {
    value: 'ranked',
    label: 'A ranking',
    hint: 'After the deadline the best are paid, by rows whose scores no one has seen.',
  },
  {
    value: 'per_unit',
    label: 'Labels, paid per unit',
    hint: 'People label your items. Each accepted batch is paid at once, in the transaction that judges it.',
  },
  {
    value: 'earnings',
    label: 'Labels, paid as earnings',
    hint: 'Labelers sign no transaction and pay no fee: the oracles post what was earned, and labelers claim it.',
  },
]
