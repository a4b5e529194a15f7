/** When votes make a submission final: the contract's rule, so that an oracle knows when settling helps. Pure. */
import { REJECTED, SCORED } from './ballot.ts'

/** A vote as the chain shows it; `score` is already rounded to the step, `time` is unix seconds. */
export type Cast = Readonly<{
  oracle: number
  verdict: number
  score: bigint
  content_hash: Uint8Array
  units: number
  time: bigint
}>

export type Bench = Readonly<{ oracles: number; quorum: number; patience: bigint }>

/** Equal verdicts: a rejection's reason is not compared, and only a score has a score, a hash and units. */
export function sameVerdict(a: Cast, b: Cast): boolean {
  if (a.verdict !== b.verdict) return false
  if (a.verdict !== SCORED) return true
  return a.score === b.score && a.units === b.units && equalBytes(a.content_hash, b.content_hash)
}

/** Whether the first open submission with these votes becomes final if somebody settles at `now`. */
export function isFinal(votes: readonly Cast[], bench: Bench, now: bigint): boolean {
  const agreed = Math.max(0, ...votes.map((vote) => votes.filter((other) => sameVerdict(vote, other)).length))
  if (agreed >= bench.quorum || votes.length >= bench.oracles) return true
  if (votes.length < bench.quorum) return false
  return votes.every((vote) => now >= vote.time + bench.patience)
}

/** Whether any vote rejects: such a submission's solver is not paid by silence. */
export function hasRejection(votes: readonly Cast[]): boolean {
  return votes.some((vote) => vote.verdict === REJECTED)
}

/** Numbers, from `first` on and without a gap, that settling at `now` makes final. */
export function settleable(
  first: number,
  last: number,
  votesOf: (number: number) => readonly Cast[],
  bench: Bench,
  now: bigint,
): number {
  let count = 0
  while (first + count <= last && isFinal(votesOf(first + count), bench, now)) count++
  return count
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
