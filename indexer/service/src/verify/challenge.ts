/** A challenge's frozen half and its state: what events add up to, and what the contract stores. */
import type { BoardRow, Challenge, State } from '@stellartrain/contracts-client'
import { rankedByOrNull } from '../decode/names.ts'
import { termsOf } from '../decode/terms.ts'
import { boardOf, rankingOf } from '../project/lists.ts'
import type { ChallengeRow, SubmissionRow } from '../project/model.ts'
import { partsOf } from '../project/verdicts.ts'
import { type Fields, hex } from './fields.ts'

export const frozenOfRow = ({ maker, createdAt: created, terms }: ChallengeRow): Fields =>
  frozen({ maker, created, terms })

export const frozenOfContract = ({ maker, created, terms }: Challenge): Fields =>
  frozen({ maker, created: Number(created), terms: termsOf(terms) })

function frozen({ maker, created, terms }: { maker: string; created: number; terms: ChallengeRow['terms'] }): Fields {
  const { payout, judge, ...plain } = terms
  const text = (value: object | null) => (value === null ? 'none' : Object.values(value).join('/'))
  return { maker, created, ...plain, payout: text(payout), judge: text(judge) }
}

export function stateOfRow(row: ChallengeRow): Fields {
  const { facts, purse, seats } = row
  const each = (read: (seat: ChallengeRow['seats'][number]) => unknown) => seats.map(read).join()
  return {
    cancelled: facts.cancelled,
    ended: row.endedAt,
    accepted: each((seat) => seat.keyVersion),
    key: row.key,
    submitted: facts.submitted,
    concluded: facts.concluded,
    decided: facts.decided,
    head: facts.head,
    kept: facts.kept,
    due: facts.board.due,
    rows: boardOf(facts).length,
    scored: facts.scored,
    unsettled: row.unsettled,
    ranking: facts.rankings.placed,
    ranked: rankingOf(facts).length,
    judgeRanked: facts.rankings.judge !== null,
    ...purse,
    fees: each((seat) => seat.feesEarned - seat.feesWithdrawn),
    tallies: each(({ tally: t }) => [t.votes, t.unavailable, t.agreed, t.disagreed, t.missing, t.open].join('/')),
    folded: row.folded !== null,
    unopened: row.unopened,
  }
}

export function stateOfContract(state: State): Fields {
  const { purse } = state
  return {
    cancelled: state.cancelled,
    ended: state.ended,
    accepted: state.accepted.join(),
    key: state.key ? hex(state.key) : '',
    submitted: state.submitted,
    concluded: state.concluded,
    decided: state.decided,
    head: state.head,
    kept: state.kept,
    due: state.due,
    rows: state.rows,
    scored: state.scored,
    unsettled: state.unsettled,
    ranking: rankedByOrNull(state.ranking),
    ranked: state.ranked,
    judgeRanked: state.judge_ranked,
    escrow: purse.escrow,
    reserved: purse.reserved,
    prizes: purse.prizes,
    budget: purse.budget,
    heldFees: purse.held_fees,
    rankingFees: purse.ranking_fees,
    deposits: purse.deposits,
    carried: purse.carried,
    owed: purse.owed,
    fees: purse.fees.join(),
    tallies: state.tallies
      .map((t) => [t.votes, t.unavailable, t.agreed, t.disagreed, t.missing, t.open].join('/'))
      .join(),
    folded: state.folded,
    unopened: state.unopened,
  }
}

type List = readonly { solver: string; number: number; score?: bigint }[]

/** Places as the contract stores them: the score of a bounty's winner is that of its submission. */
export function listOfRow(places: List, submissions: readonly SubmissionRow[]): string {
  return places
    .map(({ solver, number, score }) => {
      const submission = submissions.find(({ facts }) => facts.number === number)
      return [
        solver,
        submission?.attempt,
        number,
        score ?? (submission && partsOf(submission.facts.status).score),
      ].join('/')
    })
    .join()
}

export const listOfContract = (rows: readonly BoardRow[]): string =>
  rows.map(({ solver, attempt, number, score }) => [solver, attempt, number, score].join('/')).join()
