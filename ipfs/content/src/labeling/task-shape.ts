/** The fields of `labeling.task` in a manifest: what a labeler is shown of an item, and what an answer is (docs/formats.md, Labeling tasks). */
import * as z from 'zod/mini'
import { address, integer, line, list, textOf } from '../json/fields.ts'
import {
  ANSWER_MAX_BYTES,
  ANSWER_MAX_PARTS,
  FLAG_CELL,
  POLYGON_MAX_POINTS,
  RATING_MAX_VALUES,
  ratingCount,
} from './limits.ts'

const itself = (item: string) => item
const valueOfChoice = (item: { value: string }) => item.value
/** Cells of a submission have no space around their value, so no value of a task has one either. */
const trimmed = (max: number) =>
  line(max).check(
    z.refine((text) => text === text.trim(), { error: 'begins or ends with a space' }),
    z.refine((text) => text.isWellFormed(), { error: 'is not well-formed Unicode' }),
  )
const columnName = line(100)

const choice = z.strictObject({
  value: trimmed(200).check(z.refine((value) => value !== FLAG_CELL, { error: 'is how a flagged item is written' })),
  // What a page shows instead of the value.
  title: z.optional(line(200)),
  hint: z.optional(line(500)),
})
const choicesOf = (least: number) => list(choice, least, 200, valueOfChoice)
const parts = z.optional(integer(1, ANSWER_MAX_PARTS))
/** Columns of the item file that hold an image's width and height in whole pixels: answers outside the image are then refused. */
const size = z.optional(z.strictObject({ width: columnName, height: columnName }))
/** From which intersection over union on a part counts as a known one. */
const iou = z.optional(z.number().check(z.minimum(0.05), z.maximum(1)))
const decimal = z.number().check(
  z.minimum(-1_000_000),
  z.maximum(1_000_000),
  z.refine((value) => Number(value.toFixed(6)) === value, { error: 'has more than six decimals' }),
)

const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choices: choicesOf(2) }),
  z
    .strictObject({
      kind: z.literal('choices'),
      choices: choicesOf(1),
      least: z.optional(integer(0, 200)),
      most: z.optional(integer(1, 200)),
    })
    .check(
      z.refine((a) => (a.least ?? 0) <= Math.min(a.most ?? a.choices.length, a.choices.length), {
        path: ['least'],
        error: 'is more than can be chosen',
      }),
    ),
  z.strictObject({ kind: z.literal('text'), maxLength: integer(1, ANSWER_MAX_BYTES) }),
  z.strictObject({ kind: z.literal('spans'), column: columnName, labels: choicesOf(1), most: parts, iou }),
  z.strictObject({ kind: z.literal('boxes'), column: columnName, labels: choicesOf(1), size, most: parts, iou }),
  z.strictObject({
    kind: z.literal('polygons'),
    column: columnName,
    labels: choicesOf(1),
    size,
    most: parts,
    mostPoints: z.optional(integer(3, POLYGON_MAX_POINTS)),
    iou,
  }),
  z.strictObject({ kind: z.literal('rating'), from: decimal, to: decimal, step: decimal.check(z.gt(0)) }).check(
    z.refine((a) => ratingCount(a) !== undefined, {
      path: ['step'],
      error: `does not lead from \`from\` to \`to\` in 1 to ${RATING_MAX_VALUES - 1} steps`,
    }),
  ),
  z.strictObject({ kind: z.literal('preference'), a: columnName, b: columnName, tie: z.optional(z.boolean()) }),
  z.strictObject({ kind: z.literal('ranking'), columns: list(columnName, 2, 20, itself) }),
  z.strictObject({ kind: z.literal('transcription'), column: columnName, maxLength: integer(1, ANSWER_MAX_BYTES) }),
])

const shown = z.strictObject({
  column: columnName,
  as: z.enum(['text', 'image', 'audio']),
  title: z.optional(line(200)),
})

const example = z.strictObject({
  item: z.record(columnName, textOf(10_000, 0)),
  // As a cell of a submission has it.
  answer: textOf(ANSWER_MAX_BYTES),
  why: z.optional(textOf(2_000)),
})

export const taskFields = z.strictObject({
  show: list(shown, 1, 30, (one) => one.column),
  answer,
  instructions: z.optional(
    z.strictObject({
      // Markdown; readers render no raw HTML.
      text: textOf(20_000),
      examples: z.optional(list(example, 0, 20)),
    }),
  ),
  // Who decides disputed items.
  reviewer: z.optional(address),
  // Whether an item can be flagged as broken instead of answered.
  flag: z.optional(z.boolean()),
})

export type LabelingTask = z.output<typeof taskFields>
export type TaskAnswer = LabelingTask['answer']
export type ShownColumn = LabelingTask['show'][number]
export type TaskExample = NonNullable<NonNullable<LabelingTask['instructions']>['examples']>[number]
