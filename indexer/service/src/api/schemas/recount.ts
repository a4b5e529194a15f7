/** What was opened to a judge that grades, and what it computed. */
import { z } from '@hono/zod-openapi'
import { Hash, orNull, Score, Time } from './common.ts'

const where = { at: Time, tx: z.string() }

export const ChallengeRecount = z
  .object({
    configuredAt: Time.openapi({ description: 'When its maker fixed how work is scored again.' }),
    configuredTx: z.string(),
    truth: orNull(
      z.object({
        chunks: z.int().openapi({ description: 'Chunks of 64 KiB that are open.' }),
        rows: z.int(),
        complete: z.boolean().openapi({ description: 'All that is needed is open: solvers can open their work.' }),
        ...where,
      }),
    ).openapi({ description: 'null until a part of the truth is opened to the judge.' }),
    recounted: z.int().openapi({ description: 'Works that the judge ruled on.' }),
  })
  .openapi('ChallengeRecount', {
    description:
      'How far the judge that grades is; it computes scores on the ledger, where the oracles left work undecided.',
  })

export const SubmissionRecount = z
  .object({
    chunks: z.int().openapi({ description: 'Chunks of 64 KiB of the work that are open.' }),
    rows: z.int(),
    result: orNull(
      z.object({
        score: Score.openapi({ description: 'Of all rows, in a ranking of the public ones; not rounded to the step.' }),
        privateScore: Score.openapi({ description: 'Of the private rows of a ranking; else 0.' }),
        contentHash: Hash,
        copied: z.boolean().openapi({ description: 'A lower number of another solver has the same content.' }),
        ...where,
      }),
    ).openapi({ description: 'null until the judge ruled on it.' }),
  })
  .openapi('SubmissionRecount', {
    description: 'What the judge that grades was shown of a submission, and what it computed.',
  })
