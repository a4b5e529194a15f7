/** When two verdicts are the same: the contract's rule by which votes are counted. */
import { Verdict } from './generated/types.js'

/** What is compared of a vote or an outcome; the hash in one form on both sides, bytes or hex. */
export type VerdictParts = {
  verdict: Verdict
  score: bigint
  content_hash: Uint8Array | string
  units: number
}

/** The reason of a rejection is not compared, and only a score has a score, a hash and units. */
export function sameVerdict(one: VerdictParts, other: VerdictParts): boolean {
  if (one.verdict !== other.verdict) return false
  if (one.verdict !== Verdict.Scored) return true
  return one.score === other.score && one.units === other.units && sameHash(one.content_hash, other.content_hash)
}

function sameHash(one: Uint8Array | string, other: Uint8Array | string): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
