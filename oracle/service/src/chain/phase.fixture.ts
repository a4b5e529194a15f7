/** A challenge for the tests of phases and duties, as the second of its three oracles sees it. */
import type { ChallengeView, Counters } from './phase.ts'

export const terms = {
  quorum: 2,
  oracles: ['A', 'B', 'C'],
  oracle_fee: 5n,
  opens: 100n,
  accept_by: 150n,
  deadline: 200n,
  patience: 10n,
  grade_by: 300n,
  opens_truth: true,
}

export function at(counters: Partial<Counters> = {}, seat = 1): ChallengeView {
  return {
    seat,
    terms,
    state: {
      status: 0,
      accepted: [1, 1, 1],
      submitted: 0,
      finalized: 0,
      fees: [0n, 0n, 0n],
      tallies: [{ cursor: 0 }, { cursor: 0 }, { cursor: 0 }],
      ...counters,
    },
  }
}
