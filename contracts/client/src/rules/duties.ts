/** What an honest oracle votes, and when it ranks: the same for all of them, `contracts/model/src/play/honest.rs`. */
import type { Challenge, Submission, Terms, Verdict } from './facts.ts'
import { mayRank, mayVote, phase } from './phase.ts'
import { takesPart } from './post.ts'
import { comparesContent, unavailableFrom, votesEnd } from './terms.ts'
import { isGraded, round } from './verdict.ts'

/** A vote that is due; `copied`: the number whose content it is, where it rejects a copy. */
export type DueVote = { number: number; verdict: Verdict; copied?: number }

/** What an oracle brings. */
export type Oracle = {
  /** Its place in the terms. */
  place: number
  /** What grading a submission's file gives now, the score not rounded yet; undefined if it cannot be opened or graded. */
  grade: (number: number) => Exclude<Verdict, { status: 'unavailable' }> | undefined
  /** Whether it still tries to fetch or grade it, so that `unavailable` would give up too early. Default: never. */
  tries?: (number: number) => boolean
  /** The reason code of a copy. */
  copy: number
}

/**
 * The votes that are due now: on what it can open at once, `unavailable` when that may be voted; an own `unavailable` is improved as
 * long as there is no verdict. `submissions` in the order of their numbers; where contents are compared none may be left out.
 */
export function votesDue(
  terms: Terms,
  challenge: Challenge,
  submissions: readonly Submission[],
  oracle: Oracle,
  now: number,
): DueVote[] {
  if (!mayVote(phase(terms, challenge, now), terms, now)) return []
  const due: DueVote[] = []
  for (const it of submissions) {
    const vote = voteOn(terms, challenge, it, oracle, now, (content) => {
      const lower = submissions.filter(({ number }) => number < it.number)
      return copiedNumber(terms, it.solver, content, lower, (other) => voteOf(other, oracle.place, due), now)
    })
    if (vote) due.push({ number: it.number, ...vote })
  }
  return due
}

/** Whether a ranking is due: it may be posted, and nothing decided waits to be concluded (who ranks settles first). */
export const ranksNow = (terms: Terms, challenge: Challenge, now: number): boolean =>
  challenge.decided === 0 &&
  mayRank(phase(terms, challenge, now), terms, {
    by: 'oracle',
    open: challenge.submitted - challenge.concluded,
    placed: challenge.rankings.placed !== null,
  })

/**
 * Whether a lower number of another solver takes this content: one that stands scored with it, and nothing else. `wait`: not known
 * yet. An oracle is sure once each lower number has its verdict, or it voted something else on it itself. Only in the last patience of
 * voting it answers by its own votes alone, for nobody shall win with a copy by blocking the original. `own`: its vote on a lower one.
 */
export function copyOf(...asked: Parameters<typeof copiedNumber>): 'none' | 'copy' | 'wait' {
  const found = copiedNumber(...asked)
  return typeof found === 'number' ? 'copy' : found
}

/** The same, with the lowest number that takes the content. */
export function copiedNumber(
  terms: Pick<Terms, 'payout' | 'gradeBy' | 'patience'>,
  solver: string,
  content: string,
  lower: readonly Submission[],
  own: (submission: Submission) => Verdict | undefined,
  now: number,
): number | 'none' | 'wait' {
  const last = now + terms.patience >= votesEnd(terms)
  for (const other of lower) {
    const takes = (verdict: Verdict) =>
      verdict.status === 'scored' && verdict.content === content && other.solver !== solver
    const verdict = verdictOf(other)
    if (verdict) {
      if (takes(verdict)) return other.number
      continue
    }
    const vote = own(other)
    if (!vote) {
      if (other.status.status === 'pending') return 'wait'
    } else if (takes(vote)) return last ? other.number : 'wait'
    else if (!isGraded(vote) && !last) return 'wait'
  }
  return 'none'
}

function voteOn(
  terms: Terms,
  challenge: Challenge,
  it: Submission,
  { place, grade, copy, tries }: Oracle,
  now: number,
  copies: (content: string) => number | 'none' | 'wait',
): Omit<DueVote, 'number'> | undefined {
  const own = it.votes.cast[place]
  if (!takesPart(challenge, it) || (own && (isGraded(own) || it.votes.decision))) return undefined
  const found = grade(it.number)
  if (!found) {
    const givenUp = !own && now >= unavailableFrom(terms, it.time) && !tries?.(it.number)
    return givenUp ? { verdict: { status: 'unavailable' } } : undefined
  }
  if (found.status === 'rejected') return { verdict: found }
  const copied = comparesContent(terms) ? copies(found.content) : 'none'
  if (copied === 'wait') return undefined
  if (copied !== 'none') return { verdict: { status: 'rejected', reason: copy }, copied }
  return { verdict: { ...found, score: round(found.score, terms) } }
}

/** What stands, or will: an entry that is concluded need not hold its votes any more. */
function verdictOf({ status, votes }: Submission): Verdict | undefined {
  if (status.status === 'scored' || status.status === 'rejected' || status.status === 'unavailable') return status
  return votes.decision?.verdict
}

const voteOf = ({ number, votes }: Submission, place: number, planned: readonly DueVote[]): Verdict | undefined =>
  planned.find((vote) => vote.number === number)?.verdict ?? votes.cast[place] ?? undefined
