/** Settling what has its votes but is not final: after a race of votes, or when patience has passed. Anyone may; the oracles take turns. */
import { type Chain, type InvokeOptions, invoke, settle } from '@stellartrain/contracts-client'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { settleable } from '../chain/finality.ts'
import type { Identity } from '../challenge-files/identity.ts'
import { MAX_BATCH } from './batch.ts'

/** The submissions that settling now makes final, in order; empty when there are none. `now`: last ledger's time. */
export function toSettle({ terms, state, votes, entries }: Challenge, now: bigint): Entry[] {
  const first = state.finalized + 1
  const last = Math.min(state.submitted, first + MAX_BATCH - 1)
  const committee = { oracles: terms.oracles.length, quorum: terms.quorum, patience: terms.patience }
  const count = settleable(first, last, (number) => votes.get(number) ?? [], committee, now)
  const found: Entry[] = []
  for (let number = first; number < first + count; number++) {
    const entry = entries.get(number)
    if (entry === undefined) break
    found.push(entry)
  }
  return found
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
  const call = settle({ challenge: challenge.id, submissions })
  return (await invoke(deps.chain, call, deps.identity.keypair, deps.invokeOptions())).hash
}
