/**
 * The quiz of a labeling challenge: what a labeler signs when it answers, and what an oracle signs of whoever passed (docs/formats.md, 5,
 * Quiz). A labeler is admitted with the signatures of a majority; nothing here does I/O.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod/mini'
import { concat, fromHex, toHex, utf8 } from '../encoding/bytes.ts'
import type { ChallengePlace } from '../encoding/network.ts'
import { addressXdr, networkBytes, u32 } from '../encoding/preimage.ts'
import { decodeAddress } from '../encoding/strkey.ts'
import { ContentError } from '../errors.ts'
import { address, checkDocument, hex64, integer, list, textOf } from '../json/fields.ts'
import { QUIZ_MOST_TRIES } from '../json/limits.ts'
import { type LeaseSignature, leaseSignatureSchema } from './lease.ts'

const VERSION = 1
/** SEP-53: what is signed as a message can never be a transaction. */
const MESSAGE_PREFIX = utf8('Stellar Signed Message:\n')
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

const passedSchema = list(leaseSignatureSchema, 1, 5, ({ oracle }) => oracle)
/** Signatures under who passed; whether they are true, `passedSignatures` says. @throws ContentError `bad_report` */
export const checkPassed = (value: unknown): LeaseSignature[] =>
  checkDocument(passedSchema, value, { code: 'bad_report', name: 'quiz' })

const head = (tag: string, { network, contract, challenge }: ChallengePlace, labeler: string) => [
  utf8(tag),
  Uint8Array.of(VERSION),
  networkBytes(network),
  addressXdr(contract),
  u32(challenge),
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
  sha256(concat([MESSAGE_PREFIX, ...head('stellartrain/passed', place, labeler)]))

/** @param seed the 32 secret bytes of the oracle's Stellar key */
export function signPassed(place: ChallengePlace, labeler: string, oracle: string, seed: Uint8Array): LeaseSignature {
  return { oracle, signature: toHex(ed25519.sign(passedDigest(place, labeler), seed)) }
}

/** Those signatures among `given` that an oracle of the challenge made for this labeler, one of each oracle. */
export function passedSignatures(
  place: ChallengePlace,
  labeler: string,
  given: readonly LeaseSignature[],
  oracles: readonly string[],
): LeaseSignature[] {
  const digest = passedDigest(place, labeler)
  const found = new Map<string, LeaseSignature>()
  for (const one of given)
    if (oracles.includes(one.oracle) && !found.has(one.oracle) && isSigned(digest, one)) found.set(one.oracle, one)
  return [...found.values()]
}

function isSigned(digest: Uint8Array, { oracle, signature }: LeaseSignature): boolean {
  if (!oracle.startsWith('G') || !/^[0-9a-f]{128}$/.test(signature)) return false
  try {
    return ed25519.verify(fromHex(signature), digest, decodeAddress(oracle), { zip215: false })
  } catch (error) {
    if (error instanceof ContentError) throw error
    return false
  }
}
