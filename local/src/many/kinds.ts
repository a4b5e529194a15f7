/** Small challenges of different kinds, made of the two data sets that are shipped: each with a file that wins and one that does not. */
import { readFileSync } from 'node:fs'
import type { ChallengePlan } from '@stellartrain/sdk'
import { column, DATA, readTable, type Table, toCsv } from '../models/table.ts'

type Cell = string | number
type Submission = ChallengePlan['submission']

export type Kind = {
  title: string
  metric: ChallengePlan['metric']
  /** Without rows and limit, which follow from the truth. */
  submission: Omit<Submission, 'format' | 'idColumn' | 'rows' | 'maxBytes'>
  datasets: ChallengePlan['datasets']
  truth: Uint8Array
  rows: number
  wins: Uint8Array
  loses: Uint8Array
}

type Row = Readonly<Record<string, string>>

const records = (table: Table): Row[] =>
  table.rows.map((row) => Object.fromEntries(table.columns.map((name, at) => [name, row[at] ?? ''])))

const example = (path: string) => new Uint8Array(readFileSync(new URL(`../../../examples/${path}`, import.meta.url)))

const penguins = records(readTable(`${DATA}penguins/train.csv`))
const tumours = records(readTable(`${DATA}breast-cancer/train.csv`)).slice(0, 200)

const SPECIES = ['Adelie', 'Chinstrap', 'Gentoo']
const ISLANDS = ['Biscoe', 'Dream', 'Torgersen']
const SEXES = ['female', 'male']
const YEARS = ['2007', '2008', '2009']

/** Every tenth prediction of the file that wins is wrong, and every second one of the other. */
const WRONG = { wins: 10, loses: 2 }

type Made = {
  title: string
  metric: string
  params?: ChallengePlan['metric']['params']
  columns: Submission['columns']
  /** What is predicted of a row, rightly and wrongly. */
  right(row: Row): Cell[]
  wrong(row: Row): Cell[]
  /** Where the truth looks otherwise than a right prediction. */
  truth?: { names: string[]; cells(row: Row): Cell[] }
  rows?: readonly Row[]
  datasets?: ChallengePlan['datasets']
}

function made({ title, metric, params, columns, right, wrong, truth, rows = penguins, datasets = [] }: Made): Kind {
  const names = columns.map(({ name }) => name)
  const file = (every: number) =>
    toCsv(
      ['id', ...names],
      rows.map((row, at) => [row.id!, ...(at % every === 0 ? wrong(row) : right(row))]),
    )
  return {
    title,
    metric: { id: metric, params: params ?? {} },
    submission: { columns },
    datasets: [testFile(rows), ...datasets],
    truth: toCsv(
      ['id', ...(truth?.names ?? names)],
      rows.map((row) => [row.id!, ...(truth?.cells ?? right)(row)]),
    ),
    rows: rows.length,
    wins: file(WRONG.wins),
    loses: file(WRONG.loses),
  }
}

const testFile = (rows: readonly Row[]): ChallengePlan['datasets'][number] => ({
  ...{ name: 'test.csv', role: 'test' },
  bytes: toCsv(
    ['id'],
    rows.map(({ id }) => [id!]),
  ),
})

const next = (labels: readonly string[], label: string): string => labels[(labels.indexOf(label) + 1) % labels.length]!

/** A class of each row. */
const classes = (title: string, metric: string, name: string, labels: string[], more: Partial<Made> = {}): Kind =>
  made({
    ...{ title, metric, columns: [{ name, type: 'string', labels }] },
    right: (row) => [row[name]!],
    wrong: (row) => [next(labels, row[name]!)],
    ...more,
  })

/** A number of each row; wrong ones are off by a third. */
const numbers = (title: string, metric: string, name: string, more: Partial<Made> = {}): Kind =>
  made({
    ...{ title, metric, columns: [{ name, type: 'number' }] },
    right: (row) => [row[name]!],
    wrong: (row) => [Number(row[name]) * (row.sex === 'male' ? 1.33 : 0.67)],
    ...more,
  })

/** The probability of a class. */
const probabilities = (title: string, metric: string, name: string, positive: string, more: Partial<Made> = {}): Kind =>
  made({
    ...{ title, metric, columns: [{ name: 'p', type: 'number', min: 0, max: 1 }] },
    right: (row) => [row[name] === positive ? 0.9 : 0.2],
    wrong: (row) => [row[name] === positive ? 0.1 : 0.7],
    truth: { names: [name], cells: (row) => [row[name]!] },
    ...more,
  })

const sentence = (row: Row, island = row.island!): string => `${row.species} penguin of ${island}`
const boxes = (row: Row, by = 1): Cell[][] => [
  ['bill', 0.9, 10, 10, Number(row.bill_length_mm) * by, row.bill_depth_mm!],
  ['flipper', 0.8, 50, 5, row.flipper_length_mm!, 20 * by],
]

/** A detection a row. */
function detections(): Kind {
  const fields = ['score', 'x', 'y', 'width', 'height'].map((name) => ({ name, type: 'number' as const }))
  const file = (every: number) =>
    toCsv(
      ['id', 'part', ...fields.map(({ name }) => name)],
      penguins.flatMap((row, at) => boxes(row, at % every === 0 ? 3 : 1).map((box) => [row.id!, ...box])),
    )
  const cell = (row: Row) => boxes(row).map(([part, , ...box]) => [part, ...box].join(' '))
  return {
    title: 'Bills and flippers, a box a row',
    metric: { id: 'coco_ap', params: {} },
    submission: {
      columns: [{ name: 'boxes', type: 'list' }],
      long: { fields: [{ name: 'part', type: 'string' }, ...fields] },
    },
    datasets: [testFile(penguins)],
    truth: toCsv(
      ['id', 'boxes'],
      penguins.map((row) => [row.id!, cell(row).join(' ')]),
    ),
    rows: penguins.length,
    wins: file(WRONG.wins),
    loses: file(WRONG.loses),
  }
}

/** Programs instead of predictions, as a plan among the examples takes them. */
function models(title: string, plan: string, files: { wins: string; loses: string }): Kind {
  const { submission } = JSON.parse(new TextDecoder().decode(example(`plans/${plan}`))) as { submission: Submission }
  const { columns, formats, model } = submission
  const truth = readTable(new URL('../../../examples/plans/penguins-hidden.csv', import.meta.url).pathname)
  return {
    title,
    metric: { id: 'accuracy', params: {} },
    submission: { columns, ...(formats && { formats }), ...(model && { model }) },
    datasets: [{ name: 'train.csv', role: 'train', bytes: readFileSync(`${DATA}penguins/train.csv`) }],
    truth: example('plans/penguins-hidden.csv'),
    rows: column(truth, 'id').length,
    wins: example(`models/${files.wins}`),
    loses: example(`models/${files.loses}`),
  }
}

/** The maker brings a program that scores; case does not count for it. */
const evaluated = (title: string, path: string, params: Made['params'] = {}): Kind => {
  const name = path.split('/').at(-1)!
  return made({
    ...{ title, metric: 'evaluator' },
    params: { module: name, direction: 'maximize', ...params },
    columns: [{ name: 'sex', type: 'text' }],
    right: ({ sex }) => [sex!.toUpperCase()],
    wrong: ({ sex }) => [next(SEXES, sex!)],
    truth: { names: ['sex'], cells: ({ sex }) => [sex!] },
    datasets: [{ name, role: 'other', bytes: example(`evaluators/${path}`) }],
  })
}

export const kinds = (): Kind[] => [
  classes('Male or female', 'accuracy', 'sex', SEXES),
  classes('Species', 'f1_macro', 'species', SPECIES),
  classes('Island', 'balanced_accuracy', 'island', ISLANDS),
  classes('Species, by correlation', 'mcc', 'species', SPECIES),
  classes('Males alone', 'f1_binary', 'sex', SEXES, { params: { posLabel: 'male' } }),
  classes('Year, where a near miss counts less', 'quadratic_weighted_kappa', 'year', YEARS, {
    params: { labels: YEARS },
  }),
  classes('Groups without names', 'adjusted_rand', 'species', SPECIES),
  numbers('Body mass', 'rmse', 'body_mass_g'),
  numbers('Flipper length', 'mae', 'flipper_length_mm'),
  numbers('Bill length, in percent', 'mape', 'bill_length_mm'),
  numbers('Bill depth, explained', 'r2', 'bill_depth_mm'),
  numbers('Body mass, in order', 'spearman', 'body_mass_g'),
  probabilities('How likely male', 'roc_auc', 'sex', 'male', { params: { posLabel: 'male' } }),
  probabilities('How likely male, in bits', 'log_loss', 'sex', 'male', { params: { posLabel: 'male' } }),
  probabilities('How likely malignant', 'brier_score', 'malignant', '1', { rows: tumours }),
  probabilities('Malignant ones first', 'average_precision', 'malignant', '1', { rows: tumours }),
  made({
    title: 'How likely each species',
    metric: 'log_loss',
    columns: SPECIES.map((name) => ({ name, type: 'number', min: 0, max: 1 })),
    right: ({ species }) => SPECIES.map((name) => (name === species ? 0.8 : 0.1)),
    wrong: ({ species }) => SPECIES.map((name) => (name === next(SPECIES, species!) ? 0.8 : 0.1)),
    truth: { names: ['species'], cells: ({ species }) => [species!] },
  }),
  made({
    title: 'All that is true of a penguin',
    metric: 'f1_samples',
    columns: [{ name: 'traits', type: 'list' }],
    right: ({ species, island, sex }) => [`${species} ${island} ${sex}`],
    wrong: ({ species, island }) => [`${species} ${next(ISLANDS, island!)}`],
  }),
  made({
    title: 'Three guesses at the species',
    metric: 'map_at_k',
    params: { k: 3 },
    columns: [{ name: 'species', type: 'list', maxItems: 3 }],
    right: ({ species }) => [[species, ...SPECIES.filter((one) => one !== species)].join(' ')],
    wrong: ({ species }) => [[...SPECIES.filter((one) => one !== species), species].join(' ')],
    truth: { names: ['species'], cells: ({ species }) => [species!] },
  }),
  made({
    title: 'A caption, by edits',
    metric: 'levenshtein',
    columns: [{ name: 'caption', type: 'text' }],
    right: (row) => [sentence(row)],
    wrong: (row) => [sentence(row, next(ISLANDS, row.island!))],
  }),
  made({
    title: 'A caption, by words',
    metric: 'token_f1',
    columns: [{ name: 'caption', type: 'text' }],
    right: (row) => [sentence(row)],
    wrong: (row) => [sentence(row, 'somewhere')],
  }),
  evaluated('Male or Female, by the maker’s own evaluator', 'zig/evaluator.wasm'),
  evaluated('Male or Female, by an evaluator in Python', 'python/evaluator.py', { language: 'python' }),
  detections(),
  models('Male or female, by a model on sealed rows', 'model.json', {
    wins: 'rust/model.wasm',
    loses: 'assemblyscript/model.wasm',
  }),
  models('Male or female, by an ONNX model on sealed rows', 'onnx.json', {
    wins: 'onnx/model.onnx',
    loses: 'onnx/baseline.onnx',
  }),
]
