/** The checks themselves: pure comparisons of gathered evidence. */

import {
  cidToString,
  Direction,
  FLAGS,
  type Flag,
  hasFlag,
  meetsThreshold,
  roundScore,
  type Submission,
  sameVerdict,
  scoreToDecimal,
  toHex,
  Verdict,
  type VerdictParts,
} from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { checkAgainstTerms, type Manifest } from '@stellartrain/ipfs-content/manifest'
import type { Graded } from '@stellartrain/oracle-grade'
import { reasonOf } from '../reasons.ts'
import { type Check, compare, failed, type NotOpened, open } from './check.ts'
import type { Evidence } from './evidence.ts'
import type { OpenedTruth } from './opened.ts'
import type { Ungraded } from './regrade.ts'

export function checkNetwork(evidence: Evidence, expected: { passphrase: string }): Check {
  return compare('network', expected.passphrase, evidence.passphrase)
}

export function checkStorage({ shown, raw }: Evidence): Check {
  if (raw === undefined) return open('storage', 'archived', ARCHIVED)
  return compare('storage', summary(raw), summary(shown))
}

const ARCHIVED = 'The entry is no longer in the live storage; extending the challenge restores it.'

const summary = (submission: Submission): string =>
  [
    `number ${submission.number}`,
    cidToString(submission.cid),
    VERDICTS[submission.verdict] ?? `verdict ${submission.verdict}`,
    `score ${scoreToDecimal(submission.score)}`,
    ...(Object.keys(FLAGS) as Flag[]).filter((flag) => hasFlag(submission.flags, flag)).map((flag) => FLAG_WORDS[flag]),
  ].join(', ')

const VERDICTS: Readonly<Record<number, string>> = {
  [Verdict.Pending]: 'pending',
  [Verdict.Scored]: 'scored',
  [Verdict.Duplicate]: 'duplicate',
  [Verdict.Rejected]: 'rejected',
  [Verdict.Unsettled]: 'unsettled',
  [Verdict.Void]: 'void',
}

const FLAG_WORDS: Readonly<Record<Flag, string>> = {
  prizeHeld: 'prize held',
  depositHeld: 'deposit held',
  prizePaid: 'prize paid',
  rejectVoted: 'a vote to reject it',
  silencePaid: 'silence share paid',
  unavailable: 'unavailable to a quorum',
}

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
  if ('missing' in opened) return open('truth', opened.missing, opened.note, opened.outlook)
  const by = opened.by ? `opened by ${opened.by}` : 'given by the caller'
  return compare('truth', manifest.truth.commitment, commitment, by)
}

export function checkContent(
  evidence: Evidence,
  graded: Pick<Graded, 'scoreUnits' | 'contentHash'> | Ungraded,
): Check[] {
  const { shown, challenge } = evidence
  if (!hasContent(evidence)) {
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

export const hasContent = ({ shown }: Evidence): boolean =>
  shown.verdict === Verdict.Scored || shown.verdict === Verdict.Duplicate

/** `sameContent`: what was judged is, up to the order of rows and the like, what the sealed file holds. */
export function checkBinding({ opened, shown }: Evidence, sameContent: boolean): Check {
  if ('missing' in opened) return open('binding', opened.missing, opened.note, opened.outlook)
  const { submission } = opened
  if ('missing' in submission) return open('binding', submission.missing, submission.note, submission.outlook)
  const { sealed } = submission
  if ('missing' in sealed) {
    const note = `${sealed.note} Only the content hash ties the given file to the chain.`
    return open('binding', sealed.missing, note, sealed.outlook)
  }
  // A wrong file of the caller's says nothing about the chain; its content hash fails.
  if (!sameContent) return open('binding', 'submission_not_opened', 'The given file is not what the sealed file holds.')
  const cid = cidToString(shown.cid)
  return compare('binding', cid, cid, `opened with the file key that ${sealed.by} published`)
}

/** A rejection is recomputed from the sealed file or from one that the caller has; oracles publish only what they scored. */
export function checkRejection({ shown, opened }: Evidence, graded: Pick<Graded, 'scoreUnits'> | Ungraded): Check {
  const posted = reasonOf(shown.reason)
  if ('missing' in opened) return open('rejection', opened.missing, opened.note, opened.outlook)
  const { submission } = opened
  if ('missing' in submission) {
    const note = `${submission.note} The solver can check it with the file itself.`
    return open('rejection', submission.missing, note, submission.outlook)
  }
  // Codes below 20 are about the sealed file, which only its recipients can open.
  if (shown.reason < FIRST_CSV_REASON)
    return open('rejection', 'submission_not_opened', `${posted.text} Only the oracles can open the sealed file.`)
  const got = 'problem' in graded ? graded.problem : `accepted with the score ${scoreToDecimal(graded.scoreUnits)}`
  const code = 'problem' in graded ? graded.code : undefined
  return compare('rejection', posted.name, code === undefined ? got : reasonOf(code).name, got)
}

const FIRST_CSV_REASON = 20

export function checkThreshold(evidence: Evidence): Check {
  const { shown, challenge, status, places, ref } = evidence
  if (status === 'pending') return open('threshold', 'not_final', 'There is no verdict yet.')
  const { terms } = challenge
  const meets = shown.verdict === Verdict.Scored && meetsThreshold(shown.score, terms.threshold, directionOf(evidence))
  const won = hasFlag(shown.flags, 'prizePaid', 'prizeHeld')
  const sign = directionOf(evidence) === 'maximize' ? '≥' : '≤'
  const note = `${scoreToDecimal(shown.score)} ${sign} ${scoreToDecimal(terms.threshold)}: ${meets}`
  // Verdicts fall in the order of the numbers, so that what came later excuses nothing.
  const earlier = places.filter(({ number }) => number < shown.number)
  const wonBefore = meets && !won && earlier.some(({ solver }) => solver === ref.solver)
  const soldOut = meets && !won && earlier.length >= winnersOf(evidence)
  if (wonBefore) return compare('threshold', 'no second prize', 'no second prize', note)
  if (soldOut) return compare('threshold', 'no prize left', 'no prize left', note)
  if (status === 'void' && places.length < winnersOf(evidence))
    return failed('threshold', 'a verdict, while there are prizes left', 'no verdict', note)
  return compare('threshold', meets ? 'a prize' : 'no prize', won ? 'a prize' : 'no prize', note)
}

function winnersOf({ challenge }: Evidence): number {
  const { payout } = challenge.terms
  return payout.tag === 'Bounty' ? payout.values[0].winners : 0
}

export function checkOrder({ shown, ref, places, firstWithContent, challenge }: Evidence): Check {
  if (shown.verdict !== Verdict.Scored && shown.verdict !== Verdict.Duplicate)
    return open('order', 'not_applicable', 'Only a scored submission takes a place.')
  if (firstWithContent === undefined) return open('order', 'archived', ARCHIVED)
  if (shown.verdict === Verdict.Duplicate) {
    const got = firstWithContent < shown.number ? 'an earlier submission' : `submission ${firstWithContent}`
    return compare('order', 'an earlier submission', got)
  }
  // Where units are paid, no one takes a place.
  const takesPlaces = challenge.terms.payout.tag !== 'PerUnit'
  const won = takesPlaces && hasFlag(shown.flags, 'prizePaid', 'prizeHeld')
  const listed = places.some(({ number, solver }) => number === shown.number && solver === ref.solver)
  const text = (first: number, place: boolean) =>
    `first with its content: ${first}${won ? (place ? ', among the winners' : ', not among the winners') : ''}`
  return compare('order', text(shown.number, true), text(firstWithContent, listed))
}

/** Who voted what on this submission, latest batch of each oracle, from the events. */
export function checkQuorum(evidence: Evidence): Check {
  const { shown, history, challenge, status } = evidence
  if (status === 'pending') return open('quorum', 'not_final', 'There is no verdict yet.')
  if (status === 'ungraded') return open('quorum', 'not_applicable', 'It was not graded in time.')
  if (status === 'void' || status === 'unsettled')
    return open('quorum', 'not_applicable', 'This end needs no common verdict.')
  const equal = new Set<string>()
  for (const event of history.events) {
    if (event.type !== 'scored') continue
    const vote = event.votes.find((one) => one.number === shown.number)
    if (vote && sameVerdict(vote, votedFor(shown)) && challenge.terms.oracles.includes(event.oracle))
      equal.add(event.oracle)
  }
  const { quorum } = challenge.terms
  if (equal.size < quorum && !history.complete) {
    return open('quorum', 'events_gone', `The RPC keeps events only from ledger ${history.from} on.`)
  }
  const got = equal.size >= quorum ? `at least ${quorum}` : String(equal.size)
  return compare('quorum', `at least ${quorum}`, got, [...equal].join(', '))
}

/** What an oracle that was right voted: a duplicate, too, was voted a score. */
function votedFor({ verdict, score, content_hash, accepted_units }: Submission): VerdictParts {
  const voted = verdict === Verdict.Rejected ? Verdict.Rejected : Verdict.Scored
  return { verdict: voted, score, content_hash, units: accepted_units }
}

function directionOf({ challenge }: Evidence): 'maximize' | 'minimize' {
  return challenge.terms.direction === Direction.Maximize ? 'maximize' : 'minimize'
}
