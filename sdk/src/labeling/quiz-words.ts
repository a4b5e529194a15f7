/** What is said of a quiz wherever items are asked for. */
import { UserError } from '../system/problems.ts'

/** What is said to whoever asks for items and has not passed. */
export const quizNotPassed = (challenge: number, labeler: string): UserError =>
  new UserError(
    'quiz_not_passed',
    `Whoever labels in challenge ${challenge} passes its quiz first, and ${labeler} has not: npx stellartrain quiz ${challenge}`,
  )
