/** Whether a threshold makes sense of what the engine scored: reachable by the best, and not by an answer that knows nothing. */
import { formatScore } from '../format.ts'

type Tried = { direction: 'maximize' | 'minimize'; perfect: number; constant: number; baseline: number | null }

/** Scores are decided in units of 1e-7. */
const UNITS = 1e7
const units = (value: number): number => Math.round(value * UNITS)

/** As the contract rounds: to a multiple of `step`, against the solver. */
export function rounded(score: number, step: number, direction: Tried['direction']): number {
  const size = units(step)
  if (!(size > 0)) return score
  const steps = units(score) / size
  return ((direction === 'maximize' ? Math.floor(steps) : Math.ceil(steps)) * size) / UNITS
}

export function thresholdProblem(threshold: number, step: number, tried: Tried): string | null {
  const best = rounded(tried.perfect, step, tried.direction)
  const reached = tried.direction === 'maximize' ? units(best) >= units(threshold) : units(best) <= units(threshold)
  if (reached) return null
  const how = best === tried.perfect ? '' : `, which is rounded to ${formatScore(best)}`
  return `No one could reach this: a perfect prediction scores ${formatScore(tried.perfect)}${how}.`
}

/** What a maker should know and may still want. */
export function thresholdWarning(threshold: number, step: number, tried: Tried): string | null {
  const reaches = (score: number) => {
    const final = units(rounded(score, step, tried.direction))
    return tried.direction === 'maximize' ? final >= units(threshold) : final <= units(threshold)
  }
  if (reaches(tried.constant)) return 'The same answer for every row would win the prize.'
  if (tried.baseline !== null && reaches(tried.baseline)) return 'Your baseline would win the prize.'
  return null
}
