/** What a challenge that pays by earnings has paid so far. */
import { view, views } from '@stellartrain/contracts-client'
import { readFacts } from '../challenge/context.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

export type EarningsState = {
  /** Epochs that have their quorum. */
  epochs: number
  /** All that was ever earned, sent to labelers, and still free, base units. */
  total: bigint
  claimed: bigint
  free: bigint
}

/** @throws UserError `rule_not_supported` for a challenge that pays by another rule */
export async function readEarnings(client: StellarTrain, challenge: number, { signal }: AbortOptions = {}) {
  const facts = await readFacts(client, challenge, { signal })
  const { tag } = facts.challenge.terms.payout
  if (tag !== 'Earnings') throw new UserError('rule_not_supported', notByEarnings(challenge, tag))
  const { epochs, total, claimed } = await view(client.chain, views.earnings({ challenge }), { signal })
  const state: EarningsState = { epochs, total, claimed, free: facts.state.purse.escrow }
  return { facts, state }
}

const PAYS: Readonly<Record<string, string>> = {
  Bounty: 'pays the first solvers that reach its threshold',
  Ranked: 'pays by a ranking',
  PerUnit: 'pays each accepted batch of labels at once',
}

const notByEarnings = (challenge: number, tag: string): string =>
  `Challenge ${challenge} ${PAYS[tag] ?? 'pays by another rule'}: it has no earnings to post or to claim.`
