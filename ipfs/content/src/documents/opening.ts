/** The opening that `reveal` names after the end: truth and submissions in clear, by CID (docs/formats.md, 7). */
import * as z from 'zod/mini'
import {
  address,
  ascending,
  cid,
  contract,
  count,
  encodeDocument,
  hex32,
  matching,
  parseDocument,
  positive,
} from '../json/fields.ts'

export const OPENING_MAX_BYTES = 1024 * 1024
const what = { code: 'bad_opening', name: 'opening', maxBytes: OPENING_MAX_BYTES } as const

const opened = z.strictObject({
  ...{ number: positive, solver: address, attempt: positive, sealed: cid, cid, bytes: count },
  /** Opens the sealed file, and proves that it holds the payload. Openings made before it existed lack it. */
  fileKey: z.optional(matching(/^[0-9a-f]{32}$/)),
})

const nearCopy = z.strictObject({
  numbers: z
    .tuple([positive, positive])
    .check(z.refine(([one, other]) => one < other, { error: 'numbers do not ascend' })),
  /** What is alike: the errors, the residuals or the cells (docs/formats.md, 7). */
  measure: z.enum(['errors', 'residuals', 'cells']),
  value: z.number().check(z.minimum(0), z.maximum(1)),
})

export const openingSchema = z.strictObject({
  format: z.literal('stellartrain/opening'),
  version: z.literal(1),
  network: hex32,
  contract,
  challenge: positive,
  by: address,
  truth: z.strictObject({ cid, bytes: count, salt: hex32 }),
  /** Of different solvers, for people to look at. Openings made before it existed lack it, and those of challenges in which nothing can be compared. */
  nearCopies: z.optional(z.strictObject({ compared: count, pairs: z.array(nearCopy).check(z.maxLength(50)) })),
  submissions: z.array(opened).check(ascending()),
})

export type Opening = z.output<typeof openingSchema>
export type OpenedSubmission = Opening['submissions'][number]

/** Believe nothing in it before `verifyTruth` agrees and the file keys open the sealed files. @throws ContentError `bad_opening` */
export function parseOpening(bytes: Uint8Array): Opening {
  return parseDocument(openingSchema, bytes, what)
}

/** The bytes to pin. @throws ContentError `bad_opening` */
export function encodeOpening(opening: Opening): Uint8Array<ArrayBuffer> {
  return encodeDocument(openingSchema, opening, what)
}
