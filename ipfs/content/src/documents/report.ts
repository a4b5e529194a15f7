/** The grade report that an oracle pins for each batch of votes: what was graded, how, and why not (docs/formats.md, 6). */
import * as z from 'zod/mini'
import {
  address,
  ascending,
  checkDocument,
  cid,
  contract,
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
import { metricSchema } from './manifest.ts'

export const REPORT_MAX_BYTES = 256 * 1024
const what = { code: 'bad_report', name: 'grade report', maxBytes: REPORT_MAX_BYTES } as const

/** An i64 in units of 1e-7 as decimal text. */
const fits64 = (units: string) => BigInt.asIntN(64, BigInt(units)) === BigInt(units)
export const scoreUnits = matching(/^(0|-?[1-9][0-9]{0,18})$/, fits64, 'does not fit 64 bits')

/** What the maker's evaluator says of a submission that it refuses: one of the texts in its own source, in UTF-16 code units. */
const evaluatorText = line(600)

/** Undefined where a report cannot hold the text: it says nothing, or has control characters. */
export const evaluatorSays = (text: string): string | undefined =>
  evaluatorText.safeParse(text).success ? text : undefined

/** The one reason that comes with a text. */
const EVALUATOR_REFUSED = 204

const who = { number: positive, solver: address, attempt: positive, cid, units: count }
const ungraded = { score: z.null(), contentHash: z.null(), rows: z.null() }

const graded = z.discriminatedUnion('verdict', [
  z.strictObject({
    ...who,
    verdict: z.literal('scored'),
    score: scoreUnits,
    contentHash: hex32,
    rows: positive,
    reason: z.null(),
  }),
  z.strictObject({
    ...who,
    verdict: z.literal('rejected'),
    ...ungraded,
    // Names only: a reason must not be able to carry a label. What an evaluator says is a choice among texts that its source has.
    reason: z
      .strictObject({
        code: integer(1, 255),
        name: matching(/^[a-z][a-z0-9_]{0,63}$/),
        // Of a copy: the lower number that has its content.
        copied: z.optional(positive),
        says: z.optional(evaluatorText),
      })
      .check(
        z.refine(({ code, says }) => says === undefined || code === EVALUATOR_REFUSED, {
          error: 'only an evaluator that refuses says why',
        }),
      ),
  }),
  z.strictObject({ ...who, verdict: z.literal('unavailable'), ...ungraded, reason: z.null() }),
])

export const reportSchema = z.strictObject({
  format: z.literal('stellartrain/grade-report'),
  version: z.literal(1),
  network: hex32,
  contract,
  challenge: positive,
  oracle: address,
  manifest: cid,
  engine: z.strictObject({ name: textOf(100), version: textOf(50) }),
  metric: metricSchema,
  // Absent: all rows.
  part: z.optional(z.literal('public')),
  submissions: list(graded, 1, 40).check(ascending()),
})

export type GradeReport = z.output<typeof reportSchema>
export type GradedSubmission = GradeReport['submissions'][number]

/** @throws ContentError `bad_report` */
export function parseReport(bytes: Uint8Array): GradeReport {
  return parseDocument(reportSchema, bytes, what)
}

/** @throws ContentError `bad_report` */
export function checkReport(value: unknown): GradeReport {
  return checkDocument(reportSchema, value, what)
}

/** The bytes to pin. @throws ContentError `bad_report` */
export function encodeReport(report: GradeReport): Uint8Array<ArrayBuffer> {
  return encodeDocument(reportSchema, report, what)
}
