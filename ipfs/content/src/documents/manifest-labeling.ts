/** What is labeled and by whom, in the manifest of a challenge that pays for batches of labels. */
import * as z from 'zod/mini'
import { address, integer, line, matching } from '../json/fields.ts'
import { QUIZ_MOST_QUESTIONS, QUIZ_MOST_TRIES } from '../json/limits.ts'
import { labelingTaskSchema } from '../labeling/task.ts'

/** `items`: the dataset to be labeled; `minAccuracy`: the least share of known items to get right. */
export const labeling = z.strictObject({
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
})
