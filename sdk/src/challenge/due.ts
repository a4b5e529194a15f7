/** Which open submissions a call of `settle` would do something with now, by the contract's own rules. */
import { challengeOf, readSubmissions, stored, submissionOf } from '@stellartrain/contracts-client'
import { type Challenge, type Submission, settle } from '@stellartrain/contracts-client/rules'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import type { ChallengeFacts } from './context.ts'
import { namedFrom } from './numbers.ts'

export type OpenSubmission = { number: number; solver: string; attempt: number; submission: Submission }

/** The challenge's counters with its boards, as the rules take them. */
export async function readRulesFacts(
  { chain }: StellarTrain,
  { id, challenge, state }: Pick<ChallengeFacts, 'id' | 'challenge' | 'state'>,
  { signal }: AbortOptions = {},
): Promise<Challenge> {
  const [board, rankings] = await Promise.all([
    stored.board(chain, id, { signal }),
    stored.rankings(chain, id, { signal }),
  ])
  return challengeOf(challenge.terms, state, board, rankings.rows)
}

/** Everything that is not concluded, by number. @throws UserError `not_found` where the RPC no longer knows who submitted */
export async function readOpen(
  client: StellarTrain,
  { id, challenge, state }: Pick<ChallengeFacts, 'id' | 'challenge' | 'state'>,
  { signal }: AbortOptions = {},
): Promise<OpenSubmission[]> {
  const named = await namedFrom(client, id, 1, state.submitted, { signal })
  const entries = await readSubmissions(client.chain, id, named, { signal })
  return named.flatMap(({ solver, attempt }, at) => {
    const entry = entries[at]
    const submission = entry && submissionOf(challenge.terms, solver, entry)
    return submission?.status.status === 'pending' ? [{ number: submission.number, solver, attempt, submission }] : []
  })
}

/** At most `most` of them that settling in this order concludes or passes over. Errors as `readOpen`. */
export async function readDue(
  client: StellarTrain,
  facts: ChallengeFacts,
  most: number,
  options: AbortOptions = {},
): Promise<OpenSubmission[]> {
  const open = await readOpen(client, facts, options)
  let challenge = await readRulesFacts(client, facts, options)
  const due: OpenSubmission[] = []
  for (const one of open) {
    if (due.length === most) break
    const after = settle(facts.terms, { challenge, submission: one.submission }, facts.clock.closedAt)
    if (!after.step || after.step.does === 'nothing') continue
    challenge = after.challenge
    due.push(one)
  }
  return due
}
