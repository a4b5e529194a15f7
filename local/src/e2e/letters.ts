/** A small task with three labels, planned as a ranking and as paid labels. */
import type { ChallengePlan } from '@stellartrain/sdk'

type Plan = Omit<ChallengePlan, 'oracles' | 'deadline'>

/** Its labels, in the order of their keys. */
export const LABELS = ['vowel', 'consonant', 'digit']
const ids = Array.from({ length: 40 }, (_, row) => `item-${String(row).padStart(2, '0')}`)
const PUBLIC_ROWS = 10
/** Every second item is known to the oracle. */
const known = ids.filter((_, row) => row % 2 === 0)

const bytes = (lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`)

/** The right label of an item. */
export const labelOf = (id: string): string => LABELS[((ids.indexOf(id) * 7) % 5) % 3]!
const another = (label: string) => LABELS[(LABELS.indexOf(label) + 1) % 3]!

/** A file for these items, wrong in some of them. */
export const answers = (of: readonly string[], wrong: readonly string[] = []): Uint8Array =>
  bytes(['id,label', ...of.map((id) => `${id},${wrong.includes(id) ? another(labelOf(id)) : labelOf(id)}`)])

/** Predictions for all rows with so many errors in the public and in the private rows. */
export const predictions = (publicErrors: number, privateErrors: number): Uint8Array =>
  answers(ids, [...ids.slice(0, publicErrors), ...ids.slice(PUBLIC_ROWS, PUBLIC_ROWS + privateErrors)])

const common = {
  license: 'CC0-1.0',
  tags: ['letters'],
  datasets: [
    { name: 'items.csv', role: 'test', bytes: bytes(['id,weight', ...ids.map((id, row) => `${id},${row}`)]) },
    { name: 'baseline.csv', role: 'sample_submission', bytes: bytes(['id,label', ...ids.map((id) => `${id},vowel`)]) },
  ],
  submission: {
    format: 'csv',
    idColumn: 'id',
    columns: [{ name: 'label', type: 'string', labels: LABELS }],
    rows: ids.length,
    maxBytes: 10_000,
  },
  metric: { id: 'accuracy' },
  asset: 'XLM',
  publishes: { truth: true, submissions: 'all' },
} satisfies Partial<Plan>

export const ranking: Plan = {
  ...common,
  title: 'Letters, ranked',
  summary: 'Say of each item whether it is a vowel, a consonant or a digit; the best two win.',
  description: 'Forty items, three labels. **Ten rows** are scored at once, the others decide.',
  truth: bytes([
    'id,label,usage',
    ...ids.map((id, row) => `${id},${labelOf(id)},${row < PUBLIC_ROWS ? 'public' : 'private'}`),
  ]),
  baseline: { description: 'Always vowel.', dataset: 'baseline.csv' },
  payout: { rule: 'ranked', prizes: ['60', '40'] },
  threshold: '0.6',
}

/** A bounty that only a perfect file wins; many attempts. */
export const bounty: Plan = {
  ...common,
  title: 'Letters, for a perfect file',
  summary: 'Classify forty items; the first file without an error wins.',
  description: 'Forty items, three labels.',
  truth: bytes(['id,label', ...ids.map((id) => `${id},${labelOf(id)}`)]),
  baseline: { description: 'Always vowel.', dataset: 'baseline.csv' },
  payout: { rule: 'bounty', reward: '5', winners: 1 },
  threshold: '1',
  attempts: 40,
  attemptsPerDay: 40,
}

/** The n-th of many valid files, each wrong in two other items. */
export const guesses = (n: number): Uint8Array =>
  answers(
    ids,
    [n, n + 1].map((row) => ids[row % ids.length]!),
  )

export const labeling: Plan = {
  ...common,
  title: 'Letters, labeled',
  summary: 'Label ten items at a time; each accepted label is paid.',
  description: 'Forty items, three labels. Some of them are known, and a batch has to get those right.',
  datasets: common.datasets.slice(0, 1),
  truth: bytes(['id,label', ...known.map((id) => `${id},${labelOf(id)}`)]),
  baseline: { description: 'Guessing.', score: 0.33 },
  labeling: { items: 'items.csv', minAccuracy: 0.8 },
  payout: { rule: 'per_unit', rate: '0.5', maxUnits: 10, prize: '100' },
  threshold: '0',
}

/** The same with leases and a task that a page can show: each item gets two labelers. */
export const leasedLabeling: Plan = {
  ...labeling,
  title: 'Letters, labeled on the page',
  labeling: {
    ...labeling.labeling!,
    overlap: 2,
    secondsPerItem: 6,
    task: {
      show: [{ column: 'id', as: 'text', title: 'Item' }],
      answer: { kind: 'choice', choices: LABELS.map((value) => ({ value })) },
      instructions: {
        text: 'Say of each item whether it is a **vowel**, a consonant or a digit.',
        examples: [{ item: { id: 'item-00' }, answer: labelOf('item-00'), why: 'By its number.' }],
      },
    },
  },
}

/** Items of a quiz, none of which is to be labeled. */
export const ASKED: readonly string[] = Array.from({ length: 6 }, (_, at) => `ask-${at}`)
export const askedLabelOf = (id: string): string => LABELS[Number(id.slice(4)) % 3]!

/** The same with a quiz of three items before the first batch, of which two have to be right. */
export const quizzedLabeling: Plan = {
  ...leasedLabeling,
  title: 'Letters, after a quiz',
  datasets: [
    ...leasedLabeling.datasets,
    { name: 'quiz.csv', role: 'other', bytes: bytes(['id,weight', ...ASKED.map((id) => `${id},1`)]) },
  ],
  truth: new Uint8Array([...leasedLabeling.truth!, ...bytes(ASKED.map((id) => `${id},${askedLabelOf(id)}`))]),
  labeling: { ...leasedLabeling.labeling!, quiz: { items: 'quiz.csv', questions: 3, minAccuracy: 0.6, tries: 2 } },
}
