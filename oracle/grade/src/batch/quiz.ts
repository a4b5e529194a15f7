/** A quiz that decides who may label: which questions a labeler is asked, and whether its answers are enough. */

import { type CreateHash, createSha256 } from '../canonical/sha256.ts'
import { utf8 } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'
import type { Rejected } from '../grade.ts'
import type { PreparedTruth } from '../truth.ts'
import { type Accepted, type BatchInput, goldIds, gradeBatch } from './grade.ts'

export interface Quiz {
  /** Ids of all that can be asked, in the order of their bytes. */
  readonly items: readonly string[]
  /** How many of them one try asks. */
  readonly questions: number
  /** The least share that must be answered right, above 0 up to 1. */
  readonly minAccuracy: number
}

export interface QuizTry {
  readonly challenge: number
  readonly labeler: string
  /** From 1. */
  readonly try: number
}

/**
 * The ids that one try asks, in the order of their bytes: the first of all sorted by SHA-256("stellartrain/quiz" ‖ 0 ‖ salt ‖ challenge ‖ 0 ‖
 * labeler ‖ 0 ‖ try ‖ 0 ‖ id), numbers in decimal. The salt is the truth's: every oracle comes to the same, and nobody else can choose an
 * account by what it would be asked.
 */
export function quizQuestions(
  { items, questions }: Pick<Quiz, 'items' | 'questions'>,
  of: QuizTry,
  salt: Uint8Array,
  createHash: CreateHash = createSha256,
): string[] {
  const keyed = items.map((id) => {
    const hasher = createHash()
    hasher.update(utf8('stellartrain/quiz\0'))
    hasher.update(salt)
    hasher.update(utf8(`${of.challenge}\0${of.labeler}\0${of.try}\0${id}`))
    return { id, key: hex(hasher.digest()) }
  })
  const asked = new Set(
    keyed
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .slice(0, questions)
      .map(({ id }) => id),
  )
  return items.filter((id) => asked.has(id))
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Judged as a batch of these questions is, all of which are known. Throws `GradeError` for what is the maker's fault. */
export function gradeQuiz(
  quiz: Quiz,
  of: QuizTry,
  input: Pick<BatchInput, 'gold' | 'shape' | 'answers' | 'submission' | 'salt' | 'createHash'>,
): Accepted | Rejected {
  const ids = quizQuestions(quiz, of, input.salt, input.createHash)
  const batch = { challenge: of.challenge, labeler: of.labeler, attempt: of.try }
  const { minAccuracy } = quiz
  return gradeBatch({ ...input, minAccuracy, batch, ids, items: quiz.items, size: ids.length, units: ids.length })
}

/** Throws `GradeError`. */
export function checkQuiz(gold: PreparedTruth, items: readonly string[], quiz: Quiz): void {
  const known = new Set(goldIds(gold))
  const labeled = new Set(items)
  const unknown = quiz.items.filter((id) => !known.has(id)).length
  if (unknown > 0) throw new GradeError('truth_invalid', `${unknown} items of the quiz have no known answer.`)
  if (quiz.items.some((id) => labeled.has(id)))
    throw new GradeError('truth_invalid', 'Items of the quiz are among those that are to be labeled.')
  if (quiz.items.length < quiz.questions)
    throw new GradeError('params_invalid', `The quiz asks ${quiz.questions} of ${quiz.items.length} items.`)
}
