/** Whether a threshold makes sense of what the engine scored: reachable by the best, and not by an answer that knows nothing. */
import { meets, round } from '@stellartrain/contracts-client/rules'
import { scoreToNumber } from '@stellartrain/contracts-client/units'
import { formatScore } from '../words/format.ts'

type Tried = { direction: 'maximize' | 'minimize'; perfect: number; constant: number; baseline: number | null }
type Scale = { threshold: number; step: number; direction: Tried['direction'] }

/** Scores are decided in units of 1e-7. */
const UNITS = 1e7
const units = (value: number): bigint => BigInt(Math.round(value * UNITS))

/** As the contract rounds it, and whether it reaches the threshold then. */
export function decided(score: number, { threshold, step, direction }: Scale): { score: number; reaches: boolean } {
  const size = units(step)
  const final = size > 0n ? round(units(score), { step: size, direction }) : units(score)
  return { score: scoreToNumber(final), reaches: meets(final, { threshold: units(threshold), direction }) }
}

export function thresholdProblem(threshold: number, step: number, tried: Tried): string | null {
  const best = decided(tried.perfect, { threshold, step, direction: tried.direction })
  if (best.reaches) return null
  const how = best.score === tried.perfect ? '' : `, which is rounded to ${formatScore(best.score)}`
  return `No one could reach this: a perfect prediction scores ${formatScore(tried.perfect)}${how}.`
}

/** What a maker should know and may still want. */
export function thresholdWarning(threshold: number, step: number, tried: Tried): string | null {
  const reaches = (score: number) => decided(score, { threshold, step, direction: tried.direction }).reaches
  if (reaches(tried.constant)) return 'The same answer for every row would win the prize.'
  if (tried.baseline !== null && reaches(tried.baseline)) return 'Your baseline would win the prize.'
  return null
}
