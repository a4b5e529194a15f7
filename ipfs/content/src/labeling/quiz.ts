/**
 * The quiz of a labeling challenge: what a labeler signs when it answers, and what an oracle signs of whoever passed (docs/formats.md, 5,
 * Quiz). A labeler is admitted with the signatures of a majority; nothing here does I/O.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod/mini'
import { concat, utf8 } from '../encoding/bytes.ts'
import type { ChallengePlace } from '../encoding/network.ts'
import { addressXdr, challengeBytes, u32 } from '../encoding/preimage.ts'
import { address, checkDocument, hex64, integer, textOf } from '../json/fields.ts'
import { QUIZ_MOST_TRIES } from '../json/limits.ts'
import { type LeaseSignature, messageDigest, signaturesSchema, signDigest, trueSignatures } from './signature.ts'

const VERSION = 1
/** Answers of the longest quiz. */
const MOST_CHARACTERS = 1024 * 1024

/** A labeler's answers: a CSV as a batch has it, of the questions that the oracles ask it in this try. */
export const quizAnswersSchema = z.strictObject({
  labeler: address,
  try: integer(1, QUIZ_MOST_TRIES),
  csv: textOf(MOST_CHARACTERS),
  signature: hex64,
})
export type QuizAnswers = z.output<typeof quizAnswersSchema>

/** @throws ContentError `bad_report` */
export const checkQuizAnswers = (value: unknown): QuizAnswers =>
  checkDocument(quizAnswersSchema, value, { code: 'bad_report', name: 'quiz' })

/** Signatures under who passed; whether they are true, `passedSignatures` says. @throws ContentError `bad_report` */
export const checkPassed = (value: unknown): LeaseSignature[] =>
  checkDocument(signaturesSchema, value, { code: 'bad_report', name: 'quiz' })

const head = (tag: string, place: ChallengePlace, labeler: string) => [
  utf8(tag),
  Uint8Array.of(VERSION),
  challengeBytes(place),
  addressXdr(labeler),
]

/** `stellartrain/quiz` ‖ 1 ‖ network ‖ contract ‖ challenge ‖ labeler ‖ try ‖ SHA-256 of the CSV: what a labeler signs the hash of. */
export const quizDigest = (
  place: ChallengePlace,
  of: Pick<QuizAnswers, 'labeler' | 'try' | 'csv'>,
): Uint8Array<ArrayBuffer> =>
  new Uint8Array(sha256(concat([...head('stellartrain/quiz', place, of.labeler), u32(of.try), sha256(utf8(of.csv))])))

/** `stellartrain/passed` ‖ 1 ‖ network ‖ contract ‖ challenge ‖ labeler, as a message by SEP-53: what an oracle signs the hash of. */
const passedDigest = (place: ChallengePlace, labeler: string): Uint8Array =>
  messageDigest(concat(head('stellartrain/passed', place, labeler)))

/** @param seed the 32 secret bytes of the oracle's Stellar key */
export function signPassed(place: ChallengePlace, labeler: string, oracle: string, seed: Uint8Array): LeaseSignature {
  return signDigest(passedDigest(place, labeler), oracle, seed)
}

/** Those signatures among `given` that an oracle of the challenge made for this labeler, one of each oracle. */
export function passedSignatures(
  place: ChallengePlace,
  labeler: string,
  given: readonly LeaseSignature[],
  oracles: readonly string[],
): LeaseSignature[] {
  return trueSignatures(passedDigest(place, labeler), given, oracles)
}
