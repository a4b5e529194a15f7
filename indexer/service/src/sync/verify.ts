/** Compares the tables with the contract's own storage, field by field: the indexer need not be believed. */
import {
  type Chain,
  readSubmissions,
  type State,
  Status,
  type Submission,
  Verdict,
  view,
  views,
} from '@stellartrain/contract'
import type { ClientBase } from 'pg'
import { cidText } from '../decode/cid.ts'
import { VERDICTS } from '../decode/events.ts'
import type { ChallengeRow, SubmissionRow } from '../project/model.ts'
import type { World } from '../project/world.ts'
import { loadAll } from '../store/load.ts'

export type Difference = { where: string; field: string; indexer: string; contract: string }

/**
 * Reads every challenge and submission from both sides. The chain may move on meanwhile: verify when nothing happens,
 * or look at a difference twice.
 */
export async function verify(client: ClientBase, chain: Chain, signal?: AbortSignal): Promise<Difference[]> {
  const world = await loadAll(client)
  const differences: Difference[] = []
  const count = await view(chain, views.challenges(), { signal })
  const compare = comparer(differences)
  compare('contract', { challenges: world.challenges.size }, { challenges: count })
  for (const challenge of world.challenges.values()) {
    const where = `challenge ${challenge.id}`
    const state = await view(chain, views.state({ challenge: challenge.id }), { signal })
    compare(where, stateOfRow(challenge), stateOfContract(state))
    const rows = [...world.submissions.values()].filter((row) => row.challenge === challenge.id)
    const ids = rows.map(({ solver, attempt }) => ({ solver, attempt }))
    const stored = await readSubmissions(chain, challenge.id, ids, { signal })
    rows.forEach((row, index) => {
      compare(`${where} submission ${row.number}`, submissionOfRow(row, world), submissionOfContract(stored[index]!))
    })
    const board = await view(chain, views.board({ challenge: challenge.id }), { signal })
    const winners = rows.filter((row) => row.prize > 0n).sort((a, b) => a.number - b.number)
    compare(
      where,
      { board: winners.map((row) => row.solver).join() },
      { board: board.map((place) => place.solver).join() },
    )
  }
  return differences
}

type Fields = Record<string, unknown>

function comparer(differences: Difference[]) {
  return (where: string, mine: Fields, theirs: Fields) => {
    for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      const [indexer, contract] = [String(mine[field]), String(theirs[field])]
      if (indexer !== contract) differences.push({ where, field, indexer, contract })
    }
  }
}

function stateOfRow(row: ChallengeRow): Fields {
  const seats = (read: (seat: ChallengeRow['seats'][number]) => unknown) => row.seats.map(read).join()
  return {
    status: row.status,
    accepted: seats((seat) => seat.keyVersion),
    submitted: row.submitted,
    finalized: row.finalized,
    escrow: row.escrow,
    reserved: row.reserved,
    feeBudget: row.feeBudget,
    fees: seats((seat) => seat.feesEarned - seat.feesWithdrawn),
    deposits: row.deposits,
    held: row.held,
    tallies: seats((s) => [s.cursor, s.votes, s.agreed, s.disagreed, s.missed].join('/')),
    winners: row.winners,
    rejectVoted: row.rejectVoted,
    unsettledEligible: row.unsettledEligible,
    silence: row.silence,
    ended: row.ended,
    closed: row.closed,
  }
}

function stateOfContract(state: State): Fields {
  return {
    status: Status[state.status].toLowerCase(),
    accepted: state.accepted.join(),
    submitted: state.submitted,
    finalized: state.finalized,
    escrow: state.escrow,
    reserved: state.reserved,
    feeBudget: state.fee_budget,
    fees: state.fees.join(),
    deposits: state.deposits,
    held: state.held,
    tallies: state.tallies.map((t) => [t.cursor, t.votes, t.agreed, t.disagreed, t.missed].join('/')).join(),
    winners: state.winners,
    rejectVoted: state.reject_voted,
    unsettledEligible: state.unsettled_eligible,
    silence: state.silence ?? null,
    ended: state.ended,
    closed: state.closed,
  }
}

function submissionOfRow(row: SubmissionRow, world: World): Fields {
  const graded = row.verdict === 'scored' || row.verdict === 'duplicate'
  const votes = row.verdict === 'pending' ? world.votesOn(row.challenge, row.number) : []
  return {
    number: row.number,
    cid: row.cid,
    time: row.submittedAt,
    units: row.units,
    verdict: row.verdict,
    reason: row.reason,
    score: graded ? row.score : 0n,
    contentHash: graded ? row.contentHash : '',
    acceptedUnits: row.acceptedUnits,
    flags: row.flags,
    votes: votes.map((v) => [v.oracle, v.verdict, v.reason, v.score, v.contentHash, v.units, v.at].join('/')).join(),
  }
}

function submissionOfContract(view: Submission): Fields {
  const graded = view.verdict === Verdict.Scored || view.verdict === Verdict.Duplicate
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  return {
    number: view.number,
    cid: cidText(view.cid.codec, view.cid.digest),
    time: view.time,
    units: view.units,
    verdict: VERDICTS[view.verdict],
    reason: view.reason,
    score: view.score,
    contentHash: graded ? hex(view.content_hash) : '',
    acceptedUnits: view.accepted_units,
    flags: view.flags,
    votes: view.votes
      .map((v) => [v.oracle, VERDICTS[v.verdict], v.reason, v.score, hex(v.content_hash), v.units, v.time].join('/'))
      .join(),
  }
}
