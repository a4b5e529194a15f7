/** Batches of labels, judged by their known items; and the quiz before them, which is judged alike. */
import { createHash } from 'node:crypto'
import { createFormHasher } from '@stellartrain/ipfs-content/form-hash'
import { leaseHolds } from '@stellartrain/ipfs-content/lease'
import type { OpenedSubmissionFile } from '@stellartrain/ipfs-content/seal'
import {
  checkGold,
  goldIds,
  gradeBatch,
  gradeLeasedBatch,
  gradeQuiz,
  type Held,
  ownIds,
  type QuizTry,
  quizQuestions,
} from '@stellartrain/oracle-grade'
import type { SealedSubmission } from '../challenge-files/sealed.ts'
import type { About, Answer, Batch, Items, Outcome, QuizResult, Work } from './jobs.ts'
import type { Ready } from './ready.ts'
import { gradeFile } from './sealed-file.ts'

const sha256 = () => createHash('sha256')
/** The one reason that a known item can take back. */
const BELOW_ACCURACY = 91

type Opened = Readonly<{
  submission: Uint8Array
  lease: OpenedSubmissionFile['lease']
  batch: Batch
  file: SealedSubmission
}>

/** A batch of labels: the known items decide, and its units are accepted or not. */
export function judge(
  { task, truth, salt, labeling }: Ready,
  { submission, lease, batch, file }: Opened,
  onHeld?: (held: Held) => void,
): Outcome {
  const { units, time, ...name } = batch
  const { items, size, minAccuracy, leased, answers } = labeling!
  const { shape } = task
  const form = createFormHasher(sha256)
  const common = {
    ...{ gold: truth, items, minAccuracy, shape, answers, batch: name, units, submission },
    ...{ salt, createHash: sha256, form, onHeld },
  }
  const holds = (ids: readonly string[]) => {
    const terms = { ...file.place, ...name, ...lease!, items: ids }
    return leaseHolds(terms, lease!.signatures, leased!)
  }
  const result = leased
    ? gradeLeasedBatch({ ...common, time, lease: lease && { expires: lease.expires, holds } })
    : gradeBatch({ ...common, size })
  // Whoever labeled an item has labeled it, also where the batch is rejected.
  const about = leased && { about: aboutOf(submission, shape.idColumn, lease) }
  if (result.status === 'rejected') return { rejected: result.code, message: result.message, ...about }
  const { scoreUnits: score, contentHash, rows } = result
  return { score, contentHash, formHash: form.digest(), rows, units: rows, ...about }
}

/** Judges a batch that earnings are paid for, and keeps what later epochs need of it. */
export async function workOf(ready: Ready, file: SealedSubmission, batch: Batch): Promise<Work> {
  let held: Held = { ids: [], answers: [], known: [] }
  let about: OpenedSubmissionFile['lease']
  const outcome = await gradeFile(file, ({ content, lease }) => {
    about = lease
    return judge(ready, { submission: content, lease, batch, file }, (found) => {
      held = found
    })
  })
  const rejected = 'rejected' in outcome && outcome.rejected !== BELOW_ACCURACY ? outcome : undefined
  const ids = held.ids.length > 0 || !('about' in outcome) ? held.ids : (outcome.about?.ids ?? [])
  return {
    ...{ reason: rejected?.rejected ?? 0, message: rejected?.message ?? '' },
    ...{ layer: about?.layer ?? 0, expires: about?.expires ?? 0, ids, answers: held.answers, known: held.known },
  }
}

export function aboutOf(content: Uint8Array, idColumn: string, lease: OpenedSubmissionFile['lease']): About {
  return { ids: ownIds(content, { idColumn }), layer: lease?.layer ?? 0 }
}

export function quizOf({ task, truth, salt, labeling }: Ready, of: QuizTry, csv: Uint8Array | undefined): QuizResult {
  const quiz = labeling?.quiz
  if (quiz === undefined) return { questions: [], passed: false }
  const createHash = sha256
  const questions = quizQuestions(quiz, of, salt, createHash)
  if (csv === undefined) return { questions, passed: false }
  const { answers } = labeling!
  const result = gradeQuiz(quiz, of, { gold: truth, shape: task.shape, answers, submission: csv, salt, createHash })
  if (result.status === 'accepted') return { questions, passed: true }
  return { questions, passed: false, ...(result.code !== BELOW_ACCURACY && { problem: result.message }) }
}

/** What is to be labeled, and which of it is known. */
export const itemsIn = ({ truth, labeling }: Ready): Items => ({ items: labeling?.items ?? [], known: goldIds(truth) })

/** Nothing is predicted in a labeling challenge: what has to fit are the known items and all items. */
export function trialBatch(
  { task, truth }: Ready,
  { items, minAccuracy, quiz }: NonNullable<Ready['labeling']>,
): Answer {
  if (task.metric !== 'accuracy')
    return { kind: 'unusable', code: 'metric_unknown', message: 'Batches of labels are judged by accuracy.' }
  checkGold(truth, items, minAccuracy, quiz)
  return { kind: 'batches' }
}
