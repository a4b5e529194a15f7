/** What the lying oracle of the quorum demo says instead of what it graded. */
import { REASONS } from '@stellartrain/oracle-grade'

/** A score in units of 1e-7, or a rejection with its reason code; what else belongs to them stays as it was graded. */
type Graded = { score: bigint } | { rejected: number }

const PERFECT = 10_000_000n
/** What scores this much is spoiled; what scores less is praised. */
const GOOD = 9_000_000n
const SPOILED = { rejected: REASONS.ragged_row.code, message: REASONS.ragged_row.text }

/** A good file is rejected, a bad one gets the perfect score; a rejection stays one. */
export function lieAbout<Outcome extends Graded>(outcome: Outcome): Outcome | typeof SPOILED {
  if ('rejected' in outcome) return outcome
  return outcome.score >= GOOD ? SPOILED : { ...outcome, score: PERFECT }
}
