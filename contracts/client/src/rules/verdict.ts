/** What a verdict says, and when two are the same, `contracts/model/src/verdict.rs`. */
import type { Direction, Standing, Terms, Verdict } from './facts.ts'

type Scale = Pick<Terms, 'threshold' | 'direction'>

const LEAST = -(2n ** 63n)
const MOST = 2n ** 63n - 1n

/** The score as it counts: down where more is better, up where less is; at the ends of 64 bits it saturates. `step` is at least 1n. */
export function round(score: bigint, { step, direction }: { step: bigint; direction: Direction }): bigint {
  const above = ((score % step) + step) % step
  if (above === 0n) return score
  const rounded = direction === 'maximize' ? score - above : score - above + step
  return rounded < LEAST ? LEAST : rounded > MOST ? MOST : rounded
}

/** A verdict as it counts: rounded; undefined (refused) with more units than were declared. */
export function counted(
  verdict: Verdict,
  terms: { step: bigint; direction: Direction },
  declared: number,
): Verdict | undefined {
  if (verdict.status !== 'scored') return verdict
  return verdict.units <= declared ? { ...verdict, score: round(verdict.score, terms) } : undefined
}

/** Whether a rounded score reaches the threshold; the threshold itself does. */
export const meets = (score: bigint, { threshold, direction }: Scale): boolean =>
  direction === 'maximize' ? score >= threshold : score <= threshold

/** Whether it is scored and reaches the threshold. */
export const reaches = (standing: Standing, terms: Scale): boolean =>
  standing.status === 'scored' && meets(standing.score, terms)

/** Whether somebody looked into the submission. */
export const isGraded = ({ status }: Standing): boolean => status === 'scored' || status === 'rejected'

/** Equal status, score, content and accepted units; a rejection's reason is not compared. */
export function same(one: Standing, other: Standing): boolean {
  if (one.status !== 'scored' || other.status !== 'scored') return one.status === other.status
  return one.score === other.score && one.content === other.content && one.units === other.units
}
