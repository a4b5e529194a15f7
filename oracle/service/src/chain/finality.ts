/** When votes make a submission final: the contract's rule, so that an oracle knows when settling helps. Pure. */
import { sameVerdict } from '@stellartrain/contracts-client'

/** A vote as the chain shows it; `score` is already rounded to the step, `time` is unix seconds. */
export type PostedVote = Readonly<{
  oracle: number
  verdict: number
  score: bigint
  content_hash: Uint8Array
  units: number
  time: bigint
}>

export type Committee = Readonly<{ oracles: number; quorum: number; patience: bigint }>

/** Whether the first open submission with these votes becomes final if someone settles at `now`. */
export function isFinal(votes: readonly PostedVote[], committee: Committee, now: bigint): boolean {
  const agreed = Math.max(0, ...votes.map((vote) => votes.filter((other) => sameVerdict(vote, other)).length))
  if (agreed >= committee.quorum || votes.length >= committee.oracles) return true
  if (votes.length < committee.quorum) return false
  return votes.every((vote) => now >= vote.time + committee.patience)
}

/** Numbers, from `first` on and without a gap, that settling at `now` makes final. */
export function settleable(
  first: number,
  last: number,
  votesOf: (number: number) => readonly PostedVote[],
  committee: Committee,
  now: bigint,
): number {
  let count = 0
  while (first + count <= last && isFinal(votesOf(first + count), committee, now)) count++
  return count
}
