/** Settling what has its verdict or whose time is up. Anyone may; the oracles take turns. */
import { type Chain, type InvokeOptions, invoke, settle as settleCall } from '@stellartrain/contracts-client'
import {
  type Challenge as Counters,
  maySettle,
  phase,
  postVote,
  type Submission,
  settle,
  type Terms,
  type Verdict,
} from '@stellartrain/contracts-client/rules'
import { type Challenge, knownSubmissions } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { Identity } from '../challenge-files/identity.ts'

/** The submissions that settling now, in this order, concludes or passes over. `now`: last ledger's time. */
export function toSettle(challenge: Challenge, now: number): Entry[] {
  const { terms, counters, entries } = challenge
  const open = knownSubmissions(challenge).filter(({ status }) => status.status === 'pending')
  return settled(terms, counters, open, now).flatMap((number) => entries.get(number) ?? [])
}

/** Whether these votes of this oracle, cast now, let something be settled among what they are about. */
export function votesSettle(
  challenge: Challenge,
  votes: readonly { number: number; verdict: Verdict }[],
  now: number,
): boolean {
  const { terms, submissions, seat } = challenge
  let { counters } = challenge
  const after = votes.flatMap(({ number, verdict }) => {
    const submission = submissions[number - 1]
    if (submission === undefined) return []
    const pair = postVote(terms, { challenge: counters, submission }, { oracle: seat, verdict }, now)
    counters = pair.challenge
    return [pair.submission]
  })
  return settled(terms, counters, after, now).length > 0
}

/** What a call with these would do, one after the other: what an earlier one changes counts for a later one. */
function settled(terms: Terms, before: Counters, open: readonly Submission[], now: number): number[] {
  if (!maySettle(phase(terms, before, now))) return []
  let challenge = before
  return open.flatMap((submission) => {
    const next = settle(terms, { challenge, submission }, now)
    challenge = next.challenge
    return next.step === undefined || next.step.does === 'nothing' ? [] : [submission.number]
  })
}

/**
 * How many ledgers this oracle waits before it settles a submission, so that not all do at once: none for the one whose
 * turn it is, one more for each after it, in case those before are gone. Oracles that voted on it are known to be running and come first.
 */
export function turn(seat: number, oracles: number, number: number, voters: readonly number[]): number {
  const rotated = Array.from({ length: oracles }, (_, place) => (number + place) % oracles)
  const order = [...rotated.filter((one) => voters.includes(one)), ...rotated.filter((one) => !voters.includes(one))]
  return order.indexOf(seat)
}

/** @throws ContractError (`NothingToSettle` when another was faster), ChainFailure */
export async function settleNow(
  challenge: Challenge,
  batch: readonly Entry[],
  hold: (solver: string) => boolean,
  deps: { chain: Chain; identity: Identity; invokeOptions: () => InvokeOptions },
): Promise<string> {
  const submissions = batch.map(({ solver, attempt }) => ({ solver, attempt, hold: hold(solver) }))
  const call = settleCall({ challenge: challenge.id, submissions })
  return (await invoke(deps.chain, call, deps.identity.keypair, deps.invokeOptions())).hash
}
