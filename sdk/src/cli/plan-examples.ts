/**
 * One small plan for each payout rule, to start from: `stellartrain create --example bounty`. The tests create them; the first two
 * with the files of this repository (`local/data/penguins`, and `examples/plans/penguins-split.csv` as a truth with a usage column).
 */

const ORACLE = 'G… (the address of an oracle)'

const task = {
  license: 'CC-BY-4.0',
  tags: ['example'],
  asset: 'XLM',
  oracles: [ORACLE],
  deadline: '+14d',
} as const

const classes = {
  datasets: [
    { role: 'train', file: 'train.csv' },
    { role: 'test', file: 'test.csv' },
    { role: 'sample_submission', file: 'baseline.csv' },
  ],
  truth: 'truth.csv',
  submission: {
    format: 'csv',
    idColumn: 'id',
    columns: [{ name: 'sex', type: 'string', labels: ['female', 'male'] }],
    rows: 101,
    maxBytes: 100_000,
  },
  metric: { id: 'f1_macro' },
  baseline: { description: 'Male when heavier than the median.', dataset: 'baseline.csv' },
} as const

export const EXAMPLES = {
  bounty: {
    title: 'Penguins: male or female?',
    summary: 'Predict the sex of 101 penguins; the first three solvers with a macro F1 of 0.85 win.',
    description: '# Penguins\n\ntrain.csv has measurements and sex, test.csv measurements only.',
    ...task,
    ...classes,
    reward: '25',
    winners: 3,
    threshold: '0.85',
    // Reading the labels one score at a time, 101 of them of which the fee budget pays 50, costs more than the reward.
    oracleFee: '0.5',
    deposit: '1',
    publishes: { truth: true, submissions: 'all' },
  },
  ranked: {
    title: 'Penguins, ranked',
    summary: 'Predict the sex of 101 penguins; the three best on the private rows win.',
    description: '# Penguins\n\nThe public rows are scored at once, the private ones decide after the deadline.',
    ...task,
    ...classes,
    payout: { rule: 'ranked', prizes: ['60', '30', '10'] },
    threshold: '0.75',
    deposit: '1',
    publishes: { truth: true, submissions: 'all' },
  },
  'per-unit': {
    title: 'Label penguin photos',
    summary: 'Label photos ten at a time; each accepted label is paid.',
    description:
      '# Labels\n\nitems.csv has the address of each photo. Some labels are known, and a batch has to get those right.',
    ...task,
    datasets: [{ role: 'test', file: 'items.csv' }],
    truth: 'known.csv',
    submission: {
      ...classes.submission,
      columns: [{ name: 'species', type: 'string', labels: ['Adelie', 'Chinstrap', 'Gentoo'] }],
      rows: 10,
    },
    metric: { id: 'accuracy' },
    baseline: { description: 'Guessing.', score: 0.33 },
    labeling: { items: 'items.csv', minAccuracy: 0.8 },
    payout: { rule: 'per_unit', rate: '0.1', maxUnits: 10, prize: '100' },
    deposit: '0.5',
    publishes: { truth: true, submissions: 'all' },
  },
  earnings: {
    title: 'Transcription, paid monthly',
    summary: 'Work is counted elsewhere; oracles post what each labeler has earned.',
    description: '# Transcription\n\nThe oracles post cumulative amounts each month, and labelers claim them.',
    ...task,
    payout: { rule: 'earnings', prize: '1000' },
    deadline: '+90d',
  },
} as const

export type ExampleName = keyof typeof EXAMPLES

/** The files that an example names, and their first lines. */
export const EXAMPLE_FILES: Readonly<Record<ExampleName, string>> = {
  bounty: 'train.csv (id,…,sex), test.csv (id,…), baseline.csv (id,sex) and truth.csv (id,sex)',
  ranked: 'train.csv (id,…,sex), test.csv (id,…), baseline.csv (id,sex) and truth.csv (id,sex,usage)',
  'per-unit': 'items.csv (id,…) and known.csv (id,species)',
  earnings: 'no files',
}
