/** Which votes are due: the rules that all oracles share, over the work of this one. Pure. */
import {
  comparesContent,
  mayVote,
  phase,
  type Submission,
  type Verdict,
  votesDue,
} from '@stellartrain/contracts-client/rules'
import { REASONS } from '@stellartrain/oracle-grade'
import { type Challenge, knownSubmissions, ownVote } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { QueueItem } from '../grading/queue.ts'

/** The contract takes at most this many votes or settlements in a call. */
export const MAX_BATCH = 40

/** A vote that is due, and for the report `rows` as graded, `copied`, the number whose content it is, and what an evaluator `says`. */
export type OwnVote = Readonly<{
  entry: Entry
  verdict: Verdict
  rows: number
  copied?: number | undefined
  says?: string | undefined
}>

type Work = (number: number) => QueueItem | undefined

/** Attempts before a submission can be given up: a gateway that was down for a moment is not a reason. */
const LEAST_ATTEMPTS = 3

/** @param workOf what is done on a submission @param now time of the last closed ledger, unix seconds */
export function dueVotes(challenge: Challenge, workOf: Work, now: number): OwnVote[] {
  const { terms, counters, seat, entries } = challenge
  const oracle = {
    place: seat,
    grade: (number: number) => workOf(number)?.graded?.verdict,
    tries: (number: number) => !hasGivenUp(workOf(number)),
    copy: REASONS.copied_content.code,
  }
  return votesDue(terms, counters, inOrder(challenge), oracle, now).flatMap(({ number, verdict, copied }) => {
    const entry = entries.get(number)
    if (!entry) return []
    const graded = workOf(number)?.graded
    // A copy is rejected as one, whatever grading found.
    return [
      {
        ...{ entry, verdict, copied },
        rows: verdict.status === 'scored' ? (graded?.rows ?? 0) : 0,
        says: verdict === graded?.verdict ? graded.says : undefined,
      },
    ]
  })
}

/**
 * The submissions on which this oracle owes a vote, or can improve its own `unavailable`, by number. Work on them goes on until they
 * have a verdict.
 */
export function owedVotes(challenge: Challenge, now: number): Submission[] {
  const { terms, counters } = challenge
  if (!mayVote(phase(terms, counters, now), terms, now)) return []
  return knownSubmissions(challenge).filter((one) => {
    if (one.status.status !== 'pending' || (counters.ended && !one.kept)) return false
    const own = ownVote(challenge, one)
    return own === undefined || (own.status === 'unavailable' && one.votes.decision === null)
  })
}

/** Whether enough was tried. What was fetched is being graded at this moment: giving up on it now would waste the work. */
function hasGivenUp(item: QueueItem | undefined): boolean {
  return item !== undefined && (item.permanent || item.attempts >= LEAST_ATTEMPTS) && item.stage !== 'grading'
}

/** Where contents are compared nothing can be said about what comes after a submission that is not known. */
function inOrder(challenge: Challenge): Submission[] {
  const { submissions, counters, terms } = challenge
  if (!comparesContent(terms)) return knownSubmissions(challenge)
  const hole = Array.from({ length: counters.submitted }, (_, index) => submissions[index]).indexOf(undefined)
  return knownSubmissions({ submissions: hole < 0 ? submissions : submissions.slice(0, hole) })
}
