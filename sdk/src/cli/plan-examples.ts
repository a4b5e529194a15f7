/** One small plan for each payout rule, to start from: `stellartrain create --example bounty`. The tests create them. */

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
    columns: [{ name: 'species', type: 'string', labels: ['Adelie', 'Chinstrap', 'Gentoo'] }],
    rows: 100,
    maxBytes: 100_000,
  },
  metric: { id: 'f1_macro' },
  baseline: { description: 'Always Adelie.', dataset: 'baseline.csv' },
} as const

export const EXAMPLES = {
  bounty: {
    title: 'Penguin species from body measurements',
    summary: 'Predict the species of 100 penguins; the first three solvers with a macro F1 of 0.95 win.',
    description: '# Penguins\n\ntrain.csv has measurements and species, test.csv measurements only.',
    ...task,
    ...classes,
    reward: '50',
    winners: 3,
    threshold: '0.95',
    deposit: '1',
    publishes: { truth: true, submissions: 'all' },
  },
  ranked: {
    title: 'Penguin species, ranked',
    summary: 'Predict the species of 100 penguins; the three best on the private rows win.',
    description: '# Penguins\n\nThirty rows are scored at once, the others decide after the deadline.',
    ...task,
    ...classes,
    payout: { rule: 'ranked', prizes: ['60', '30', '10'] },
    threshold: '0.5',
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
    submission: { ...classes.submission, rows: 10 },
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
  bounty: 'train.csv (id,…,species), test.csv (id,…), baseline.csv (id,species) and truth.csv (id,species)',
  ranked: 'train.csv (id,…,species), test.csv (id,…), baseline.csv (id,species) and truth.csv (id,species,usage)',
  'per-unit': 'items.csv (id,…) and known.csv (id,species)',
  earnings: 'no files',
}
