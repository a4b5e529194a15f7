/** One challenge that names this oracle, as last read from the chain. */
import type { Payout } from '@stellartrain/contracts-client'
import {
  type Conduct,
  type Challenge as Counters,
  castVote,
  comparesContent,
  type Phase,
  type Purse,
  type Submission,
  type Terms,
  type Verdict,
  votesCast,
} from '@stellartrain/contracts-client/rules'
import type { Entry } from './entry.ts'

/** A payment that waits to be sent, which anyone may: a prize that is set aside, or what was held. */
export type Due = Readonly<{ solver: string; attempt: number; number: number }>

/** Which ranking an oracle posted: its place, and SHA-256 of the rows in hex. */
export type RankingVote = Readonly<{ oracle: number; hash: string }>

export type Challenge = {
  readonly id: number
  readonly maker: string
  readonly terms: Terms
  /** As the contract has it. */
  readonly payout: Payout
  /** The contract of the token that it pays in. */
  readonly token: string
  /** Who admits solvers; null for everybody. */
  readonly gate: string | null
  /** The commitment of the truth, 32 bytes. */
  readonly truth: Uint8Array
  readonly manifestCid: string
  /** This oracle's place in `terms.oracles`. */
  readonly seat: number
  counters: Counters
  /** Key version that each oracle accepted with; 0 = not yet. */
  accepted: readonly number[]
  /** The challenge key, 32 bytes, once the first oracle has made it. */
  key: Uint8Array | undefined
  /** What this oracle earned here and did not withdraw. */
  fees: bigint
  /** What `close` can send the maker from, base units. */
  purse: Purse
  /** What the records have of this challenge, and what they do not have yet. `opened` is read once it can matter. */
  conduct: Conduct
  /** Whether this oracle's opening is on-chain. */
  revealed: boolean
  /** Rankings that were posted. */
  rankings: readonly RankingVote[]
  /** Prizes that wait for their transaction. */
  due: readonly Due[]
  /** What it was when it was last read; time alone can end a phase. Undefined before that. */
  phase: Phase | undefined
  /** Submissions by number, from their events. */
  readonly entries: Map<number, Entry>
  /** The same as they stand on the ledger, by number - 1; a hole where that was not read yet. */
  readonly submissions: (Submission | undefined)[]
}

/** The numbers whose submission is not known to this oracle. */
export function missingEntries({ entries, counters }: Pick<Challenge, 'entries' | 'counters'>): number[] {
  const missing: number[] = []
  for (let number = 1; number <= counters.submitted; number++) if (!entries.has(number)) missing.push(number)
  return missing
}

/** Whether what is missing could still need something of this oracle. */
export function lacksEntries(challenge: Challenge): boolean {
  const { counters, entries, terms } = challenge
  if (entries.size >= counters.submitted) return false
  const open = knownSubmissions(challenge).filter(({ status }) => status.status === 'pending').length
  // Whoever leases items must know all batches.
  return comparesContent(terms) || terms.payout.rule === 'per_unit' || open < counters.submitted - counters.concluded
}

/** The submissions whose standing is known, by number. */
export function knownSubmissions({ submissions }: Pick<Challenge, 'submissions'>): Submission[] {
  return submissions.filter((one) => one !== undefined)
}

/** What this oracle voted on a submission that is not concluded; undefined for nothing. */
export function ownVote({ seat }: Pick<Challenge, 'seat'>, { votes }: Submission): Verdict | undefined {
  return votes.cast[seat] ?? undefined
}

/** Notes the own votes before the RPC shows them, so that nothing is sent twice in between. `now`: unix seconds. */
export function noteVoted(
  { submissions, terms, seat }: Challenge,
  cast: readonly { number: number; verdict: Verdict }[],
  now: number,
): void {
  for (const { number, verdict } of cast) {
    const known = submissions[number - 1]
    if (known === undefined || known.status.status !== 'pending') continue
    submissions[number - 1] = { ...known, votes: castVote(terms, known.votes, { oracle: seat, verdict }, now) }
  }
}

export function noteAccepted(challenge: Challenge, keyVersion: number): void {
  challenge.accepted = challenge.terms.oracles.map((_, place) =>
    place === challenge.seat ? keyVersion : (challenge.accepted[place] ?? 0),
  )
}

export type Read = Readonly<{ counters: Counters; accepted: readonly number[] }>

/** Whether counters were read from a node that lags behind what is known already: they only ever grow. */
export function isStale(next: Read, known: Read): boolean {
  const { counters: now, accepted } = next
  const { counters: before } = known
  return (
    now.submitted < before.submitted ||
    now.concluded < before.concluded ||
    now.head < before.head ||
    (before.ended && !now.ended) ||
    (before.rankings.placed !== null && now.rankings.placed === null) ||
    accepted.some((version, place) => version < (known.accepted[place] ?? 0))
  )
}

/** The same of one submission: votes only come, and what is concluded stays so. */
export function isStaleSubmission(next: Submission, known: Submission | undefined): boolean {
  if (known === undefined || next.status.status !== 'pending') return false
  if (known.status.status !== 'pending') return true
  const improvedAway = next.votes.cast.some(
    (vote, place) =>
      vote?.status === 'unavailable' && ![undefined, 'unavailable'].includes(known.votes.cast[place]?.status),
  )
  return votesCast(next.votes) < votesCast(known.votes) || improvedAway || (known.passed && !next.passed)
}
