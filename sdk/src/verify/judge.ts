/** The checks themselves: pure comparisons of gathered evidence. */

import {
  cidToString,
  Direction,
  meetsThreshold,
  roundScore,
  type Submission,
  scoreToDecimal,
  toHex,
  Verdict,
  type VoteOf,
} from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { checkAgainstTerms, type Manifest } from '@stellartrain/ipfs-content/manifest'
import type { Graded } from '@stellartrain/oracle-grade'
import { type Check, compare, failed, open } from './check.ts'
import type { Evidence, NotOpened, OpenedTruth } from './evidence.ts'

const PRIZE_HELD = 1
const PRIZE_PAID = 4

export function checkNetwork(evidence: Evidence, expected: { passphrase: string }): Check {
  return compare('network', expected.passphrase, evidence.passphrase)
}

export function checkStorage({ shown, raw }: Evidence): Check {
  return compare('storage', summary(raw), summary(shown))
}

const summary = (submission: Submission | undefined): string =>
  submission === undefined
    ? 'no entry'
    : `number ${submission.number}, ${cidToString(submission.cid)}, verdict ${submission.verdict}, score ${submission.score}, flags ${submission.flags}`

export function checkManifest({ manifest, challenge }: Evidence): Check {
  const cid = cidToString(challenge.terms.manifest)
  if (manifest instanceof ContentError) {
    return manifest.retryable
      ? open('manifest', 'content_unavailable', manifest.message)
      : failed('manifest', `a manifest under ${cid}`, manifest.message)
  }
  try {
    checkAgainstTerms(manifest, {
      opensTruth: challenge.terms.opens_truth,
      ranked: challenge.terms.payout.tag === 'Ranked',
      maxUnits: challenge.terms.payout.tag === 'PerUnit' ? challenge.terms.payout.values[0].max_units : undefined,
      oracles: challenge.terms.oracles.map((address) => ({ address })),
    })
    return compare('manifest', cid, cid)
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return failed('manifest', 'the terms on the chain', error.message)
  }
}

export function checkTruth(opened: OpenedTruth | NotOpened, manifest: Manifest, commitment: string): Check {
  if ('missing' in opened) return open('truth', opened.missing, opened.note)
  const by = opened.by ? `opened by ${opened.by}` : 'given by the caller'
  return compare('truth', manifest.truth.commitment, commitment, by)
}

export function checkContent(
  evidence: Evidence,
  graded: Pick<Graded, 'scoreUnits' | 'contentHash'> | { problem: string },
): Check[] {
  const { shown, challenge } = evidence
  if (shown.verdict !== Verdict.Scored && shown.verdict !== Verdict.Duplicate) {
    const note = 'Only a scored submission has a content hash and a score.'
    return [open('content_hash', 'not_applicable', note), open('score', 'not_applicable', note)]
  }
  const hash = toHex(shown.content_hash)
  const { terms } = challenge
  const posted = scoreToDecimal(shown.score)
  if ('problem' in graded) {
    return [failed('content_hash', hash, graded.problem), failed('score', posted, graded.problem)]
  }
  const rounded = roundScore(graded.scoreUnits, terms.step, directionOf(evidence))
  return [
    compare('content_hash', hash, graded.contentHash),
    compare(
      'score',
      posted,
      scoreToDecimal(rounded),
      `${scoreToDecimal(graded.scoreUnits)} before rounding to the step`,
    ),
  ]
}

export function checkBinding({ opened, shown }: Evidence): Check {
  if ('missing' in opened) return open('binding', opened.missing, opened.note)
  if ('missing' in opened.submission) return open('binding', opened.submission.missing, opened.submission.note)
  const { sealed } = opened.submission
  const note = 'No opening names this payload; its content hash alone ties it to the chain.'
  if (sealed === null) return open('binding', 'submission_not_opened', note)
  return compare('binding', cidToString(shown.cid), sealed)
}

export const isFinal = (verdict: Verdict): boolean => verdict !== Verdict.Pending

export function checkThreshold(evidence: Evidence): Check {
  const { shown, challenge } = evidence
  if (!isFinal(shown.verdict)) return open('threshold', 'not_final', 'There is no verdict yet.')
  const { terms } = challenge
  const meets = shown.verdict === Verdict.Scored && meetsThreshold(shown.score, terms.threshold, directionOf(evidence))
  const won = (shown.flags & (PRIZE_PAID | PRIZE_HELD)) !== 0
  const sign = directionOf(evidence) === 'maximize' ? '≥' : '≤'
  const note = `${scoreToDecimal(shown.score)} ${sign} ${scoreToDecimal(terms.threshold)}: ${meets}`
  // A solver wins a bounty once: a second good score of a winner earns nothing.
  const wonBefore = meets && !won && evidence.board.includes(evidence.ref.solver)
  const soldOut = meets && !won && evidence.board.length >= winnersOf(evidence)
  if (wonBefore) return compare('threshold', 'no second prize', 'no second prize', note)
  if (soldOut) return compare('threshold', 'no prize left', 'no prize left', note)
  return compare('threshold', meets ? 'a prize' : 'no prize', won ? 'a prize' : 'no prize', note)
}

function winnersOf({ challenge }: Evidence): number {
  const { payout } = challenge.terms
  return payout.tag === 'Bounty' ? payout.values[0].winners : 0
}

export function checkOrder(evidence: Evidence): Check {
  const { shown, ref, board, firstWithContent } = evidence
  if (shown.verdict === Verdict.Duplicate) {
    const earlier = firstWithContent !== undefined && firstWithContent < shown.number
    return compare(
      'order',
      'an earlier submission',
      earlier ? 'an earlier submission' : `submission ${firstWithContent}`,
    )
  }
  if (shown.verdict !== Verdict.Scored)
    return open('order', 'not_applicable', 'Only a scored submission takes a place.')
  // Where units are paid nobody takes a place.
  const places = evidence.challenge.terms.payout.tag !== 'PerUnit'
  const won = places && (shown.flags & (PRIZE_PAID | PRIZE_HELD)) !== 0
  const expected = `first with its content: ${shown.number}${won ? ', among the winners' : ''}`
  const got = `first with its content: ${firstWithContent}${won ? (board.includes(ref.solver) ? ', among the winners' : ', not among the winners') : ''}`
  return compare('order', expected, got)
}

/** Who voted what on this submission, latest batch of each oracle, from the events. */
export function checkQuorum(evidence: Evidence): Check {
  const { shown, history, challenge } = evidence
  if (!isFinal(shown.verdict)) return open('quorum', 'not_final', 'There is no verdict yet.')
  if (shown.verdict === Verdict.Void || shown.verdict === Verdict.Unsettled) {
    return open('quorum', 'not_applicable', 'This end needs no common verdict.')
  }
  const equal = new Set<string>()
  for (const event of history.events) {
    if (event.type !== 'scored') continue
    const vote = event.votes.find((one) => one.number === shown.number)
    if (vote && sameVerdict(vote, shown) && challenge.terms.oracles.includes(event.oracle)) equal.add(event.oracle)
  }
  const { quorum } = challenge.terms
  if (equal.size < quorum && !history.complete) {
    return open('quorum', 'events_gone', `The RPC keeps events only from ledger ${history.from} on.`)
  }
  const got = equal.size >= quorum ? `at least ${quorum}` : String(equal.size)
  return compare('quorum', `at least ${quorum}`, got, [...equal].join(', '))
}

function sameVerdict(vote: VoteOf, shown: Submission): boolean {
  if (shown.verdict === Verdict.Rejected) return vote.verdict === Verdict.Rejected
  return (
    vote.verdict === Verdict.Scored &&
    vote.score === shown.score &&
    toHex(vote.content_hash) === toHex(shown.content_hash) &&
    vote.units === shown.accepted_units
  )
}

function directionOf({ challenge }: Evidence): 'maximize' | 'minimize' {
  return challenge.terms.direction === Direction.Maximize ? 'maximize' : 'minimize'
}
