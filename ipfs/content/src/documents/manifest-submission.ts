/** What solvers submit, in a manifest: the columns of their files and what cells hold, or models that predict. */
import * as z from 'zod/mini'
import { integer, line, list } from '../json/fields.ts'

export const SUBMISSION_MAX_BYTES = 50 * 1024 * 1024

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

export const submission = z
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

export type Submission = z.output<typeof submission>

/** Answers are texts in one column: oracles compare them with the known ones. */
export const columnOfAnswers = ({ columns }: Submission) =>
  columns.length === 1 && columns[0]?.type === 'string' ? columns[0] : undefined

/** Where there are few answers the engine knows them all, and refuses others. */
export function allows(submission: Submission, cells: readonly string[] | undefined): boolean {
  const labels = columnOfAnswers(submission)?.labels
  if (cells === undefined) return labels === undefined
  return labels?.length === cells.length && cells.every((cell) => labels.includes(cell))
}
