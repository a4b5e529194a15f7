/** Scores over time, with the best so far: what the plot draws and its table says. */
import type { Direction, Submission } from '../read/types.ts'

export type ScorePoint = { at: number; score: number; best: number; number: number; solver: string }

export function scoreSeries(submissions: Submission[], direction: Direction): ScorePoint[] {
  let best: number | undefined
  return submissions
    .filter((submission) => submission.status === 'scored' && submission.score)
    .toSorted((a, b) => a.number - b.number)
    .map((submission) => {
      const score = submission.score!.value
      best = best === undefined ? score : direction === 'maximize' ? Math.max(best, score) : Math.min(best, score)
      return {
        at: Date.parse(submission.submittedAt),
        score,
        best,
        number: submission.number,
        solver: submission.solver,
      }
    })
}
