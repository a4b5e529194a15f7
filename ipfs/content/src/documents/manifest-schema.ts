/** The fields of a manifest, and the rules across them (docs/formats.md, 1). */
import * as z from 'zod/mini'
import { address, cid, count, hex32, integer, line, list, matching, positive, textOf } from '../json/fields.ts'
import { DESCRIPTION_MAX, LICENSE_MAX, SUMMARY_MAX, TITLE_MAX } from '../json/limits.ts'
import { answerCells } from '../labeling/answer.ts'
import { labeling } from './manifest-labeling.ts'
import { allows, columnOfAnswers, submission } from './manifest-submission.ts'

const columnType = z.enum(['number', 'integer', 'string'])
const column = z.strictObject({ name: line(100), type: columnType })
const nameOf = (item: { name: string }) => item.name
const itself = (item: string) => item

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

/** Parameters of a metric: flat, so that two readers cannot understand them differently. */
const param = z.union([textOf(200, 0), z.number(), z.boolean(), list(z.union([textOf(200, 0), z.number()]), 0, 1000)])
export const metricSchema = z.strictObject({
  id: matching(/^[a-z][a-z0-9_]{0,63}$/),
  params: z.record(matching(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/), param),
  version: positive,
})

const recipient = z.strictObject({ oracle: address, key: matching(/^age1[02-9ac-hj-np-z]{58}$/) })

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
    // Where batches of labels are paid.
    labeling: z.optional(labeling),
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
    z.refine((m) => !m.labeling?.private || !m.opens.truth, {
      path: ['opens', 'truth'],
      error: 'opens the answers to known items, whose items are private',
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
