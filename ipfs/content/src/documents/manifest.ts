/** The manifest: what a challenge is about, how to take part and what becomes public (docs/formats.md, 1). */
import * as z from 'zod/mini'
import { ContentError } from '../errors.ts'
import {
  address,
  checkDocument,
  cid,
  count,
  encodeDocument,
  hex32,
  integer,
  line,
  list,
  matching,
  parseDocument,
  positive,
  textOf,
} from '../json/fields.ts'
import {
  DESCRIPTION_MAX,
  LICENSE_MAX,
  QUIZ_MOST_QUESTIONS,
  QUIZ_MOST_TRIES,
  SUMMARY_MAX,
  TITLE_MAX,
} from '../json/limits.ts'
import { answerCells } from '../labeling/answer.ts'
import { labelingTaskSchema } from '../labeling/task.ts'

export const MANIFEST_MAX_BYTES = 256 * 1024
export const SUBMISSION_MAX_BYTES = 50 * 1024 * 1024
const what = { code: 'bad_manifest', name: 'manifest', maxBytes: MANIFEST_MAX_BYTES } as const

const columnType = z.enum(['number', 'integer', 'string'])
const column = z.strictObject({ name: line(100), type: columnType })
const nameOf = (item: { name: string }) => item.name
const itself = (item: string) => item

/** What cells of a submission hold: one value, free text, a list of items or numbers with single spaces between, or a mask as run lengths. */
const cellType = z.enum(['number', 'integer', 'string', 'text', 'list', 'numbers', 'rle'])
type CellType = z.output<typeof cellType>
const NUMERIC: readonly CellType[] = ['number', 'integer', 'numbers']
const LABELED: readonly CellType[] = ['string', 'list']
const LISTS: readonly CellType[] = ['list', 'numbers']

const submissionColumn = z
  .strictObject({
    name: line(100),
    type: cellType,
    labels: z.optional(list(line(200), 1, 1000, itself)),
    min: z.optional(z.number()),
    max: z.optional(z.number()),
    maxItems: z.optional(integer(1, 100_000)),
  })
  .check(
    z.refine((c) => LABELED.includes(c.type) || c.labels === undefined, {
      error: 'labels are for columns of type string or list',
    }),
    z.refine((c) => c.type !== 'list' || !c.labels?.some((label) => /\s/.test(label)), {
      error: 'items of a list have no spaces',
    }),
    z.refine((c) => NUMERIC.includes(c.type) || (c.min ?? c.max) === undefined, {
      error: 'min and max are for numbers',
    }),
    z.refine((c) => LISTS.includes(c.type) || c.maxItems === undefined, { error: 'maxItems is for lists' }),
    z.refine((c) => c.min === undefined || c.max === undefined || c.min <= c.max, { error: 'min is above max' }),
  )

const dataset = z.strictObject({
  name: line(100),
  role: z.enum(['train', 'test', 'sample_submission', 'other']),
  cid,
  sha256: hex32,
  bytes: count,
  version: positive,
  previous: z.nullable(cid),
  mediaType: matching(/^[a-z]+\/[a-zA-Z0-9.+-]{1,80}$/),
  columns: z.optional(list(column, 1, 2000, nameOf)),
})

/** Models that predict, in the place of predictions. */
const MODEL_FORMATS: readonly string[] = ['wasm', 'onnx']
const submissionFormat = z.enum([
  'csv',
  'jsonl',
  'parquet',
  'csv.gz',
  'csv.zst',
  'jsonl.gz',
  'jsonl.zst',
  'wasm',
  'onnx',
])

/** A row of a file, where several belong to one id: its fields are items of the list that the only column holds. */
const long = z.strictObject({
  fields: list(z.strictObject({ name: line(100), type: z.enum(['number', 'string']) }), 1, 20, nameOf),
})

/** Solvers submit WebAssembly modules or ONNX graphs, which predict on rows that stay sealed. What they may use are counts, not times. */
const model = z.strictObject({
  inputs: list(z.strictObject({ name: line(100), type: cellType }), 1, 1000, nameOf),
  fuel: z.optional(integer(1, 10_000_000_000)),
  memoryMib: z.optional(integer(1, 256)),
})

const submission = z
  .strictObject({
    format: z.literal('csv'),
    // What files can be; a CSV where it is absent. `.gz` and `.zst` are packed by gzip and Zstandard.
    formats: z.optional(list(submissionFormat, 1, 7, itself)),
    idColumn: line(100),
    columns: list(submissionColumn, 1, 1000, nameOf),
    rows: integer(1, 10_000_000),
    maxBytes: integer(1, SUBMISSION_MAX_BYTES),
    long: z.optional(long),
    model: z.optional(model),
  })
  .check(
    z.refine(
      (s) =>
        s.long === undefined || (s.model === undefined && s.columns.length === 1 && LISTS.includes(s.columns[0]!.type)),
      {
        path: ['long'],
        error: 'is for predictions with one column of type list or numbers',
      },
    ),
    z.refine((s) => (s.formats?.some((one) => MODEL_FORMATS.includes(one)) ?? false) === (s.model !== undefined), {
      path: ['model'],
      error: 'model and the formats wasm and onnx belong together',
    }),
    z.refine((s) => s.model === undefined || s.formats?.every((one) => MODEL_FORMATS.includes(one)), {
      path: ['formats'],
      error: 'where models are submitted, wasm and onnx are the only formats',
    }),
    z.refine((s) => s.columns.every((c) => c.name !== s.idColumn), {
      path: ['columns'],
      error: 'the id column is not one of the columns to predict',
    }),
  )

/** Parameters of a metric: flat, so that two readers cannot understand them differently. */
const param = z.union([textOf(200, 0), z.number(), z.boolean(), list(z.union([textOf(200, 0), z.number()]), 0, 1000)])
export const metricSchema = z.strictObject({
  id: matching(/^[a-z][a-z0-9_]{0,63}$/),
  params: z.record(matching(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/), param),
  version: positive,
})

const recipient = z.strictObject({ oracle: address, key: matching(/^age1[02-9ac-hj-np-z]{58}$/) })

type Submission = z.output<typeof submission>

/** Answers are texts in one column: oracles compare them with the known ones. */
const columnOfAnswers = ({ columns }: Submission) =>
  columns.length === 1 && columns[0]?.type === 'string' ? columns[0] : undefined

/** Where there are few answers the engine knows them all, and refuses others. */
function allows(submission: Submission, cells: readonly string[] | undefined): boolean {
  const labels = columnOfAnswers(submission)?.labels
  if (cells === undefined) return labels === undefined
  return labels?.length === cells.length && cells.every((cell) => labels.includes(cell))
}

export const manifestSchema = z
  .strictObject({
    $schema: z.optional(textOf(200)),
    format: z.literal('stellartrain/manifest'),
    version: z.literal(1),
    kind: z.enum(['competition', 'labeling']),
    title: line(TITLE_MAX),
    summary: line(SUMMARY_MAX),
    description: textOf(DESCRIPTION_MAX),
    license: line(LICENSE_MAX),
    tags: list(matching(/^[a-z0-9-]{1,32}$/), 0, 10, itself),
    datasets: list(dataset, 0, 32, nameOf),
    submission,
    metric: metricSchema,
    baseline: z.strictObject({ description: textOf(500), score: z.number(), dataset: z.optional(line(100)) }),
    // Absent where nothing is graded: with earnings there is one only where answers are compared with known items.
    truth: z.optional(
      z.strictObject({
        cid,
        // The terms have it; a manifest that repeats it must not contradict them.
        commitment: z.optional(hex32),
        bytes: integer(1, 64 * 1024 * 1024),
        recipients: list(recipient, 1, 5, (r) => r.oracle),
        // How many rows are scored at once, and how many decide a ranking; only where the truth has a usage column.
        parts: z.optional(z.strictObject({ public: positive, private: positive })),
      }),
    ),
    opens: z.strictObject({ truth: z.boolean(), submissions: z.enum(['none', 'winning', 'all']) }),
    // Where batches of labels are paid: what is to be labeled, and the least share of known items to get right.
    labeling: z.optional(
      z.strictObject({
        items: line(100),
        minAccuracy: z.number().check(z.gt(0), z.maximum(1)),
        // How many labelers each item gets: batches then need a lease of the oracles. Absent: by `assignedIds`, each labeler every item.
        overlap: z.optional(integer(1, 20)),
        // How long an item takes, as the maker expects; leases last by it.
        secondsPerItem: z.optional(z.number().check(z.gt(0), z.maximum(86_400))),
        // What an accepted answer earns, decimal in the challenge's asset, where earnings are paid: the terms have no rate then.
        perItem: z.optional(matching(/^\d{1,20}(\.\d{1,18})?$/)),
        // By earnings: from one epoch to the next at least, and who decides appeals and withdraws known items (the maker unless named).
        epochSeconds: z.optional(integer(5, 7 * 86_400)),
        reviewer: z.optional(address),
        // By earnings: pay by the agreement with other labelers in earlier epochs, rate × (agreement − least) ÷ (full − least); hundredths.
        quality: z.optional(
          z
            .strictObject({ least: integer(0, 99), full: integer(1, 100), from: integer(1, 100_000) })
            .check(z.refine((q) => q.least < q.full, { error: 'least is not below full' })),
        ),
        // Who gets the labels: whoever has this age key, or by earnings everyone after the deadline. Absent: nobody but whom `opens` opens them to.
        results: z.optional(z.union([z.literal('everyone'), matching(/^age1[02-9ac-hj-np-z]{58}$/)])),
        // Whether the file of the items is sealed, so that the oracles show its rows to whoever leases them, and nobody else.
        private: z.optional(z.literal(true)),
        // Who may label: whoever answers so many of these items right, with so many tries. Their answers are in the truth beside those of known items.
        quiz: z.optional(
          z.strictObject({
            items: line(100),
            questions: integer(1, QUIZ_MOST_QUESTIONS),
            minAccuracy: z.number().check(z.gt(0), z.maximum(1)),
            tries: integer(1, QUIZ_MOST_TRIES),
          }),
        ),
        // What labelers see and answer. Absent: a CSV of the columns of `submission`, which nothing else describes.
        task: z.optional(labelingTaskSchema),
      }),
    ),
  })
  .check(
    z.refine((m) => !m.truth?.parts || m.truth.parts.public + m.truth.parts.private === m.submission.rows, {
      path: ['truth', 'parts'],
      error: 'public and private rows are not all rows of a submission',
    }),
    z.refine((m) => m.labeling === undefined || m.kind === 'labeling', {
      path: ['labeling'],
      error: 'is for challenges of the kind labeling',
    }),
    z.refine((m) => m.labeling === undefined || m.submission.long === undefined, {
      path: ['submission', 'long'],
      error: 'batches of labels have one row an item',
    }),
    z.refine((m) => m.labeling === undefined || m.submission.formats === undefined, {
      path: ['submission', 'formats'],
      error: 'batches of labels are CSVs',
    }),
    z.refine((m) => m.labeling === undefined || m.datasets.some((d) => d.name === m.labeling?.items), {
      path: ['labeling', 'items'],
      error: 'no dataset has this name',
    }),
    z.refine((m) => m.labeling?.task === undefined || columnOfAnswers(m.submission) !== undefined, {
      path: ['submission', 'columns'],
      error: 'are not one column of type string, which holds the answers of labeling.task',
    }),
    z.refine((m) => m.labeling?.task === undefined || allows(m.submission, answerCells(m.labeling.task)), {
      path: ['submission', 'columns', 0, 'labels'],
      error: 'are not the answers that labeling.task allows',
    }),
    z.refine((m) => !m.labeling?.results?.startsWith('age1') || m.opens.submissions === 'none', {
      path: ['labeling', 'results'],
      error: 'are sealed to one key, but opens.submissions opens them to everyone',
    }),
    z.refine((m) => !m.labeling?.private || (m.labeling.overlap !== undefined && m.truth !== undefined), {
      path: ['labeling', 'private'],
      error: 'needs an overlap: items are shown to whoever leases them',
    }),
    z.refine((m) => !m.labeling?.private || m.labeling.results?.startsWith('age1'), {
      path: ['labeling', 'private'],
      error: 'needs a key in results, to which items and labels are sealed',
    }),
    z.refine((m) => m.labeling?.quiz === undefined || m.datasets.some((d) => d.name === m.labeling?.quiz?.items), {
      path: ['labeling', 'quiz', 'items'],
      error: 'no dataset has this name',
    }),
    z.refine((m) => m.labeling?.quiz === undefined || m.labeling.quiz.items !== m.labeling.items, {
      path: ['labeling', 'quiz', 'items'],
      error: 'are those that are to be labeled: whoever takes the quiz would know some of them',
    }),
    z.refine((m) => m.labeling?.quiz === undefined || (m.labeling.overlap !== undefined && m.truth !== undefined), {
      path: ['labeling', 'quiz'],
      error: 'needs an overlap: oracles lease items to whoever passed',
    }),
    // Its parameters are the engine's to check; that it is published, with a hash, is what everyone can recompute by.
    z.refine((m) => m.metric.id !== 'evaluator' || m.datasets.some((d) => d.name === m.metric.params.module), {
      path: ['metric', 'params', 'module'],
      error: 'no dataset has this name',
    }),
    z.refine((m) => m.opens.truth || m.opens.submissions === 'none', {
      path: ['opens', 'submissions'],
      error: 'submissions can only be opened together with the truth',
    }),
    z.refine((m) => m.baseline.dataset === undefined || m.datasets.some((d) => d.name === m.baseline.dataset), {
      path: ['baseline', 'dataset'],
      error: 'no dataset has this name',
    }),
  )

export type Manifest = z.output<typeof manifestSchema>
export type Dataset = Manifest['datasets'][number]
export type Metric = z.output<typeof metricSchema>

/** @throws ContentError `bad_manifest`, every field's problem in `problems`. */
export function parseManifest(bytes: Uint8Array): Manifest {
  return parseDocument(manifestSchema, bytes, what)
}

/** For a form: the same check on a value. @throws ContentError `bad_manifest` */
export function checkManifest(value: unknown): Manifest {
  return checkDocument(manifestSchema, value, what)
}

/** The bytes to upload. @throws ContentError `bad_manifest` */
export function encodeManifest(manifest: Manifest): Uint8Array<ArrayBuffer> {
  return encodeDocument(manifestSchema, manifest, what)
}

/**
 * Whether manifest and on-chain terms say the same: what opens, and that the truth is sealed for each oracle of the challenge.
 * `key` is the oracle's current recipient `age1…`, where the caller knows it; `ranked` says that the prizes go by the
 * private rows, `earnings` that there is no truth; `maxUnits` is the largest batch where batches of labels are paid. @throws ContentError `bad_manifest`
 */
export function checkAgainstTerms(
  manifest: Manifest,
  terms: {
    opensTruth: boolean
    ranked?: boolean
    earnings?: boolean
    maxUnits?: number | undefined
    oracles: readonly { address: string; key?: string }[]
  },
): void {
  const problems = []
  if (manifest.opens.truth !== terms.opensTruth) {
    problems.push({ path: 'opens.truth', message: 'differs from the terms on-chain' })
  }
  if (!manifest.truth && !terms.earnings)
    problems.push({ path: 'truth', message: 'submissions are graded, and it names none' })
  if (terms.ranked && manifest.truth && !manifest.truth.parts)
    problems.push({ path: 'truth.parts', message: 'a ranking needs public and private rows' })
  if (terms.maxUnits !== undefined && !manifest.labeling)
    problems.push({ path: 'labeling', message: 'payment per unit needs items to label' })
  if (terms.maxUnits !== undefined && manifest.submission.rows !== terms.maxUnits)
    problems.push({ path: 'submission.rows', message: 'differs from the largest batch on-chain' })
  if (terms.maxUnits !== undefined && manifest.labeling?.perItem !== undefined)
    problems.push({ path: 'labeling.perItem', message: 'the terms on-chain have the rate where units are paid' })
  for (const oracle of manifest.truth ? terms.oracles : []) {
    const recipient = manifest.truth?.recipients.find((r) => r.oracle === oracle.address)
    if (!recipient)
      problems.push({ path: 'truth.recipients', message: `the truth is not sealed for ${oracle.address}` })
    else if (oracle.key !== undefined && recipient.key !== oracle.key) {
      problems.push({ path: 'truth.recipients', message: `the truth is sealed for another key of ${oracle.address}` })
    }
  }
  const first = problems[0]
  if (first) {
    const message = `Manifest and challenge do not agree at ${first.path}: ${first.message}.`
    throw new ContentError('bad_manifest', message, { problems })
  }
}
