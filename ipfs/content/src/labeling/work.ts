/**
 * Batches of labels that are paid by earnings: no transaction names them, so their labeler signs them, and a list of each epoch says what
 * became of them (docs/formats.md, 5, Work by earnings).
 */
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod/mini'
import { concat, fromHex, utf8 } from '../encoding/bytes.ts'
import type { ChallengePlace } from '../encoding/network.ts'
import { addressXdr, challengeBytes, u32 } from '../encoding/preimage.ts'
import {
  address,
  checkDocument,
  contract,
  encodeDocument,
  hex32,
  hex64,
  integer,
  line,
  list,
  matching,
  parseDocument,
  positive,
  textOf,
  unixTime,
} from '../json/fields.ts'
import { LEASE_MAX_ITEMS } from './lease.ts'

export const WORK_MAX_BYTES = 8 * 1024 * 1024
/** Batches that one epoch can take. */
export const WORK_MAX_BATCHES = 10_000
export const WORK_MAX_APPEALS = 1_000
/** Lists of decisions. */
export const WORK_MAX_REVIEWS = 100
const what = { code: 'bad_report', name: 'list of work', maxBytes: WORK_MAX_BYTES } as const

/** `sha256`: of the sealed file; `commitment` as the contract keeps it of a submission. */
const batchFields = {
  labeler: address,
  attempt: positive,
  units: integer(1, LEASE_MAX_ITEMS),
  commitment: hex32,
  sha256: hex32,
  signature: hex64,
}
export const signedBatchSchema = z.strictObject(batchFields)
export type SignedBatch = z.output<typeof signedBatchSchema>

/** An appeal of a labeler against the verdict on its own batch. */
export const appealSchema = z.strictObject({
  labeler: address,
  attempt: positive,
  why: textOf(1_000),
  signature: hex64,
})
export type Appeal = z.output<typeof appealSchema>

const resultsFile = z.strictObject({ sha256: hex32, fileKey: matching(/^[0-9a-f]{32}$/) })

/** The keys of accepted batches' sealed files: who has one can read that file, and no other. */
export const resultsSchema = z.strictObject({
  format: z.literal('stellartrain/labels-results'),
  version: z.literal(1),
  network: hex32,
  contract,
  challenge: positive,
  files: list(resultsFile, 0, 200_000, (one) => one.sha256),
  // Rejected ones whose labelers appealed, for a reviewer to read; only where the document is sealed.
  appealed: z.optional(list(resultsFile, 0, 10_000, (one) => one.sha256)),
})
export type LabelsResults = z.output<typeof resultsSchema>
export const RESULTS_MAX_BYTES = 32 * 1024 * 1024
/** @throws ContentError `bad_report` */
export const parseResults = (bytes: Uint8Array): LabelsResults =>
  parseDocument(resultsSchema, bytes, { code: 'bad_report', name: 'results', maxBytes: RESULTS_MAX_BYTES })

/**
 * What the reviewer decides: batches that are accepted after all, appeals that are not granted, and known items that are none any more.
 * `number` counts the reviewer's lists from 1.
 */
const batchName = z.strictObject({ labeler: address, attempt: positive })
const nameOf = ({ labeler, attempt }: { labeler: string; attempt: number }) => `${labeler}/${attempt}`
export const reviewSchema = z.strictObject({
  number: positive,
  accepted: list(batchName, 0, 1_000, nameOf),
  upheld: list(batchName, 0, 1_000, nameOf),
  withdrawn: list(textOf(4096), 0, 1_000, (id) => id),
  note: z.optional(line(500)),
  signature: hex64,
})
export type Review = z.output<typeof reviewSchema>

/** `time`: when the first oracle had it, ledger time; `reason`: 0 where it is accepted. */
const judged = z.strictObject({ ...batchFields, time: unixTime, reason: integer(0, 0xffff) })
export type JudgedBatch = z.output<typeof judged>

/** Like every report, it does not say who made it: oracles that agree publish the same bytes. */
export const workSchema = z.strictObject({
  format: z.literal('stellartrain/earnings-work'),
  version: z.literal(1),
  network: hex32,
  contract,
  challenge: positive,
  epoch: positive,
  // Base units: all that was paid in when it was made, which bounds what can be earned.
  paidIn: matching(/^[0-9]{1,39}$/),
  batches: list(judged, 0, WORK_MAX_BATCHES, nameOf),
  appeals: list(appealSchema, 0, WORK_MAX_APPEALS, nameOf),
  reviews: list(reviewSchema, 0, WORK_MAX_REVIEWS, ({ number }) => String(number)),
})
export type WorkList = z.output<typeof workSchema>

/** @throws ContentError `bad_report` */
export const parseWork = (bytes: Uint8Array): WorkList => parseDocument(workSchema, bytes, what)
/** @throws ContentError `bad_report` */
export const checkWork = (value: unknown): WorkList => checkDocument(workSchema, value, what)
/** The bytes to pin. @throws ContentError `bad_report` */
export const encodeWork = (work: WorkList): Uint8Array<ArrayBuffer> => encodeDocument(workSchema, work, what)
/** @throws ContentError `bad_report` */
export const checkSignedBatch = (value: unknown): SignedBatch =>
  checkDocument(signedBatchSchema, value, { code: 'bad_report', name: 'batch' })
/** @throws ContentError `bad_report` */
export const checkAppeal = (value: unknown): Appeal =>
  checkDocument(appealSchema, value, { code: 'bad_report', name: 'appeal' })
/** @throws ContentError `bad_report` */
export const checkReview = (value: unknown): Review =>
  checkDocument(reviewSchema, value, { code: 'bad_report', name: 'review' })

const VERSION = 1
const head = (tag: string, place: ChallengePlace) => [utf8(tag), Uint8Array.of(VERSION), challengeBytes(place)]
const hashed = (parts: readonly Uint8Array[]) => new Uint8Array(sha256(concat([...parts])))

/** `stellartrain/work` ‖ 1 ‖ network ‖ contract ‖ challenge ‖ labeler ‖ attempt ‖ units ‖ commitment ‖ SHA-256 of the sealed file: what a labeler signs the hash of. */
export const batchDigest = (place: ChallengePlace, of: Omit<SignedBatch, 'signature'>): Uint8Array<ArrayBuffer> =>
  hashed([
    ...head('stellartrain/work', place),
    addressXdr(of.labeler),
    u32(of.attempt),
    u32(of.units),
    fromHex(of.commitment),
    fromHex(of.sha256),
  ])

/** `stellartrain/appeal` ‖ 1 ‖ network ‖ contract ‖ challenge ‖ labeler ‖ attempt ‖ SHA-256 of the text. */
export const appealDigest = (place: ChallengePlace, of: Omit<Appeal, 'signature'>): Uint8Array<ArrayBuffer> =>
  hashed([...head('stellartrain/appeal', place), addressXdr(of.labeler), u32(of.attempt), sha256(utf8(of.why))])

/** `stellartrain/review` ‖ 1 ‖ network ‖ contract ‖ challenge ‖ number ‖ SHA-256 of the decisions as JSON, in the order of the fields here. */
export const reviewDigest = (place: ChallengePlace, of: Omit<Review, 'signature'>): Uint8Array<ArrayBuffer> => {
  const names = (all: readonly { labeler: string; attempt: number }[]) =>
    all.map(({ labeler, attempt }) => [labeler, attempt])
  const said = JSON.stringify([names(of.accepted), names(of.upheld), of.withdrawn, of.note ?? ''])
  return hashed([...head('stellartrain/review', place), u32(of.number), sha256(utf8(said))])
}
