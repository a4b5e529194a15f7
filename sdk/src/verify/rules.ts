/** What the rules make of the events, against what the contract shows: decision, copies, queue, board. Pure. */
import { scoreToDecimal, toHex, Verdict } from '@stellartrain/contracts-client'
import { isDue, type Standing } from '@stellartrain/contracts-client/rules'
import { COPY } from '../story/verdict.ts'
import { reasonOf } from '../system/reasons.ts'
import { type Check, compare, open } from './check.ts'
import type { Evidence } from './evidence.ts'
import type { Replay } from './replay.ts'

/** `played` is undefined where the RPC no longer has all events. */
export type Played = Replay | undefined

const gone = ({ history }: Evidence) => `The RPC keeps events only from ledger ${history.from} on.`

/** The m equal votes, or the judge's ballot, that the events show. */
export function checkDecision(evidence: Evidence, played: Played): Check {
  const { status, facts, shown } = evidence
  const { submission } = facts
  if (status === 'pending' && !submission.votes.decision)
    return open('decision', 'not_final', 'There is no verdict yet.')
  if (!played) return open('decision', 'events_gone', gone(evidence))
  if (status === 'void') return open('decision', 'not_applicable', 'Its turn never came, so it needs no verdict.')
  const decision = played.decisions.get(shown.number)
  const written = submission.status.status === 'pending' ? submission.votes.decision?.verdict : submission.status
  const expected = decision ? text(decision.verdict) : 'no verdict'
  const got = status === 'unsettled' ? 'no verdict' : written ? text(written) : 'no verdict'
  return compare('decision', expected, got, byWhom(evidence, decision?.by))
}

function byWhom({ challenge }: Evidence, by: readonly number[] | 'judge' | undefined): string | null {
  if (by === undefined) return 'No quorum of equal votes, and no ballot.'
  if (by === 'judge') return `by the judge ${challenge.terms.judge?.address}`
  return `by ${by.map((place) => challenge.terms.oracles[place]).join(', ')}`
}

function text(standing: Standing): string {
  switch (standing.status) {
    case 'scored':
      return `scored ${scoreToDecimal(standing.score)}, content ${standing.content}, ${standing.units} units`
    case 'rejected':
      return `rejected (${reasonOf(standing.reason).name})`
    default:
      return standing.status
  }
}

/**
 * Where identical content earns nothing twice: nobody before it stands scored with its content, or, of a copy, somebody does.
 * `contentHash` is the recomputed one, which a rejection does not have on the chain.
 */
export function checkCopies(evidence: Evidence, contentHash: string | undefined): Check {
  const { facts, shown, ref, history, state, entries } = evidence
  const { status } = facts.submission.status
  const isCopy = status === 'rejected' && reasonOf(shown.reason).name === COPY
  if (status !== 'scored' && !isCopy) return open('copies', 'not_applicable', 'Its content takes and claims nothing.')
  const hash = status === 'scored' ? toHex(shown.content_hash) : contentHash
  if (hash === undefined)
    return open(
      'copies',
      'submission_not_opened',
      'The content of a rejected submission is on no record; its solver can check it.',
    )
  const first = [...entries.values()].find(
    ({ solver, entry }) =>
      entry.number < shown.number &&
      solver !== ref.solver &&
      entry.verdict === Verdict.Scored &&
      toHex(entry.content_hash) === hash,
  )
  const known = history.complete && entries.size === state.submitted
  if (!first && !known) return open('copies', 'events_gone', 'Not every earlier submission is known.')
  const got = first ? `the content of #${first.entry.number}` : 'content of its own'
  if (!isCopy) return compare('copies', 'content of its own', got)
  return compare('copies', first ? got : 'the content of a lower number', got)
}

/** The queue's head, the places that are kept, and whether this submission was passed over. */
export function checkQueue({ facts, shown, ...evidence }: Evidence, played: Played): Check {
  if (facts.terms.payout.rule !== 'bounty') return open('queue', 'not_applicable', 'Only a bounty has a queue.')
  if (!played) return open('queue', 'events_gone', gone(evidence as Evidence))
  const own = played.submissions.get(shown.number)
  const line = (head: number, kept: number, it: { passed: boolean; kept: boolean } | undefined) =>
    `head ${head}, ${kept} kept; this one ${it?.passed ? 'passed over' : 'in its turn'}${it?.kept ? ', a place kept' : ''}`
  const { challenge } = facts
  return compare(
    'queue',
    line(played.challenge.head, played.challenge.kept, own),
    line(challenge.head, challenge.kept, facts.submission),
  )
}

/** Rows in their order, and how many of the first have their prize set aside. */
export function checkBoard({ facts, ...evidence }: Evidence, played: Played): Check {
  const { rule } = facts.terms.payout
  if (rule !== 'bounty' && rule !== 'ranked') return open('board', 'not_applicable', 'No one takes a place here.')
  if (!played) return open('board', 'events_gone', gone(evidence as Evidence))
  const lines = ({ board, rankings }: typeof facts.challenge) =>
    rule === 'bounty'
      ? board.rows.map((row) => `#${row.number}${isDue(board, row.number) ? ' due' : ' waits'}`).join(', ') || 'empty'
      : rankings.table.map(({ number, score }) => `#${number}: ${scoreToDecimal(score)}`).join(', ') || 'empty'
  return compare('board', lines(played.challenge), lines(facts.challenge))
}
