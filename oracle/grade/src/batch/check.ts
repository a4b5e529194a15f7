/** What is wrong with known items before anybody labels. */
import { GradeError } from '../errors.ts'
import type { PreparedTruth } from '../truth.ts'
import { goldIds } from './grade.ts'
import { checkQuiz, type Quiz } from './quiz.ts'

/** The items, the known ones and those of a quiz. Throws `GradeError`. */
export function checkGold(gold: PreparedTruth, items: readonly string[], minAccuracy: number, quiz?: Quiz): void {
  if (quiz) checkQuiz(gold, items, quiz)
  const all = new Set(quiz ? [...items, ...quiz.items] : items)
  const strange = goldIds(gold).filter((id) => !all.has(id)).length
  if (strange > 0)
    throw new GradeError('truth_invalid', `${strange} known items are not among the items that are to be labeled.`)
  if (!(minAccuracy > 0 && minAccuracy <= 1)) throw new GradeError('params_invalid', 'minAccuracy is above 0, up to 1.')
}
