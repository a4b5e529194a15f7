/** What an open submission waits for, until when, and what happens then. */
import {
  type Decision,
  earliest,
  end,
  isOver,
  passOverFrom,
  quorum,
  step,
  unavailableFrom,
  type Verdict,
  votesCast,
  votesEnd,
} from '@stellartrain/contracts-client/rules'
import { capital, counted, partOf } from '../system/counted.ts'
import type { StoryFacts } from './facts.ts'
import { ordinal, type Words } from './words.ts'

export type Waiting = {
  label: string
  /** What is known and what it waits for. */
  says: string
  next: { says: string; at: number } | null
  /** A call of `settle` does something with it now. */
  settles: boolean
  /** In a bounty's queue, 1 is next; null where nothing queues. */
  position: number | null
}

/** Of a submission that is not decided for good; on what is over, void or concluded `verdict.ts` tells. */
export function waiting(facts: StoryFacts, words: Words): Waiting {
  const { terms, challenge, submission, now } = facts
  const next = step(terms, challenge, submission, now)
  const queued = terms.payout.rule === 'bounty' && !submission.passed && !isOver(terms, now)
  const position = queued ? submission.number - challenge.head : null
  const settles = next.does !== 'nothing'
  const label = submission.passed
    ? submission.kept
      ? 'Passed over, a place is kept'
      : 'Passed over'
    : position === null
      ? 'Waits for the oracles'
      : `In the queue (${ordinal(position)})`
  const { decision } = submission.votes
  const judged = next.does === 'nothing' && next.why === 'end'
  if (next.does === 'conclude')
    return {
      ...{ label: 'Decided', position, settles },
      says: `${capitalVerdict(facts, decision?.verdict, words)} by ${byWhom(decision)}.`,
      next: { says: 'Settle makes it final; anyone may.', at: now },
    }
  if (next.does === 'pass_over')
    return {
      ...{ label, position, settles },
      says: votesWords(facts),
      next: { says: 'The queue may pass it over: anyone may settle.', at: now },
    }
  const byJudge = facts.recounted ? 'Recounted on the ledger' : 'Decided by the judge'
  return { label: judged ? byJudge : label, position, settles, ...reasonToWait(facts, next.why, words) }
}

function reasonToWait(
  facts: StoryFacts,
  why: 'turn' | 'votes' | 'patience' | 'quorum' | 'end',
  words: Words,
): Pick<Waiting, 'says' | 'next'> {
  const { terms, challenge, submission, now } = facts
  const { decision } = submission.votes
  switch (why) {
    case 'turn': {
      const first = challenge.head + 1
      const before = submission.number - first
      const own = decision ? `${capitalVerdict(facts, decision.verdict, words)} by ${byWhom(decision)}. ` : ''
      const at = end(terms)
      return {
        says: `${own}A bounty is decided in the order of the numbers: ${counted(before, 'submission')} before it, #${first} first.`,
        next: decision
          ? { says: `Carried out in its turn, from ${words.time(at)} on in any case.`, at }
          : fallback(facts, words),
      }
    }
    case 'end': {
      const at = end(terms)
      return {
        says: `${capitalVerdict(facts, decision?.verdict, words)} by the judge${facts.recounted ? ', a contract that computed it from the opened truth and work' : ''}.`,
        next: { says: `Carried out from ${words.time(at)} on; anyone may call release then.`, at },
      }
    }
    case 'patience': {
      const { at } = earliest(terms, challenge, submission, now)
      return {
        says: votesWords(facts),
        next: {
          says: `From ${words.time(passOverFrom(terms, submission))} on the queue passes it over; it stays open, and a place is kept for it if a vote reaches the threshold.`,
          at,
        },
      }
    }
    default:
      return { says: votesWords(facts), next: fallback(facts, words) }
  }
}

/** How many votes are in, and whether they agree. */
function votesWords({ terms, submission, now }: StoryFacts): string {
  const m = quorum(terms)
  const { length } = terms.oracles
  const cast = votesCast(submission.votes)
  const passed = !submission.passed
    ? ''
    : submission.kept
      ? ' The queue moved on without it, and a place is kept for it.'
      : ' The queue moved on without it.'
  if (cast >= m) return `${capital(partOf(cast, length, 'oracle'))} voted, and no ${m} agree.${passed}`
  const none =
    cast === 0 ? 'No oracle has voted' : `${cast} of the ${counted(m, 'vote')} needed ${cast === 1 ? 'is' : 'are'} in`
  const from = unavailableFrom(terms, submission.time)
  const late = cast === 0 && now >= from ? '; it may be voted unavailable' : ''
  return `${none}${late}.${passed}`
}

const byWhom = (decision: Decision | null): string => (decision?.by === 'judge' ? 'the judge' : 'the oracles')

/** What happens if no more votes come. */
function fallback(facts: StoryFacts, words: Words): { says: string; at: number } {
  const { terms, now } = facts
  const { judge, gradeBy } = terms
  const nothing = nothingDecided(facts)
  if (judge && now >= gradeBy)
    return { says: `The judge may decide before ${words.time(judge.by)}; else ${nothing}.`, at: judge.by }
  const votes = votesEnd(terms)
  if (now < votes) {
    const then = judge ? 'the judge may decide it' : nothing
    return { says: `Votes are taken before ${words.time(votes)}; without a verdict ${then}.`, at: votes }
  }
  const then = judge ? 'the judge may decide it' : nothing
  return { says: `No more votes are taken; from ${words.time(gradeBy)} on ${then}.`, at: gradeBy }
}

/** What an undecided submission gets: only its own money. */
function nothingDecided({ terms, submission }: StoryFacts): string {
  const own = [
    ...(terms.deposit > 0n ? ['its deposit'] : []),
    ...(submission.carried && terms.oracleFee > 0n ? ['the fee that it carried'] : []),
  ]
  const back = own.length > 0 ? ` and ${own.join(' and ')} ${own.length > 1 ? 'come' : 'comes'} back` : ''
  return `it wins nothing${back}`
}

/** `Graded 0.95`, `Rejected`, `Found unavailable`. */
export function capitalVerdict(
  { terms }: Pick<StoryFacts, 'terms'>,
  verdict: Verdict | undefined,
  words: Words,
): string {
  switch (verdict?.status) {
    case 'scored':
      return terms.payout.rule === 'per_unit'
        ? `Accepted ${counted(verdict.units, 'label')}`
        : `Graded ${words.score(verdict.score)}`
    case 'rejected':
      return 'Rejected'
    case 'unavailable':
      return 'Found unavailable'
    default:
      return 'Decided'
  }
}
