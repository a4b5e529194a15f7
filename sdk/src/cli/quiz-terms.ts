/** What a quiz asks of a labeler, in a sentence part. */
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { rightAnswers } from '../labels/amounts.ts'
import { partOf } from '../system/counted.ts'

type QuizTerms = Pick<
  NonNullable<NonNullable<Manifest['labeling']>['quiz']>,
  'questions' | 'tries' | 'minAccuracy' | 'items'
>

/** `4 of 5 answers right in one of 2 tries` */
export const quizTerms = (quiz: QuizTerms): string =>
  `${partOf(rightAnswers(quiz), quiz.questions, 'answer')} right in ${quiz.tries === 1 ? 'one try' : `one of ${quiz.tries} tries`}`
