/** Two accounts of the same challenges, field by field: what events add up to, and what the contract stores. */
import {
  type Challenge,
  cidToString,
  type Place,
  Ranking,
  type State,
  Status,
  type Submission,
  type SubmissionOutcome,
  Verdict,
} from '@stellartrain/contracts-client'
import { termsOf } from '../decode/decode.ts'
import { VERDICTS } from '../decode/events.ts'
import { prizeOf } from '../project/board.ts'
import type { ChallengeRow, SubmissionRow } from '../project/model.ts'
import { outcomeOf, owedTo } from '../project/owed.ts'
import { makerRecords, oracleRecords } from '../project/records.ts'
import type { World } from '../project/world.ts'
import type { StoredChallenge, StoredPeople } from './stored.ts'

export type Difference = { where: string; field: string; indexer: string; contract: string }

/** What is wrong with one challenge. The world must be whole. */
export function compareChallenge(world: World, row: ChallengeRow, stored: StoredChallenge): Difference[] {
  const differences: Difference[] = []
  const where = `challenge ${row.id}`
  const compare = (what: string, mine: Fields, theirs: Fields) =>
    differences.push(...differing(what === '' ? where : `${where} ${what}`, mine, theirs))
  compare('', frozenOfRow(row), frozenOfContract(stored.challenge))
  compare('', stateOfRow(row), stateOfContract(stored.state))
  compare('', { board: boardOfRow(row) }, { board: boardOfContract(stored.board) })
  const rows = submissionsOf(world, row.id)
  compare('', { submissions: rows.map(nameOf).join() }, { submissions: stored.submissions.map(nameOf).join() })
  stored.submissions.forEach((theirs, index) => {
    const mine = rows[index]
    if (!mine) return
    const what = `submission ${mine.number}`
    compare(what, submissionOfRow(mine, world), submissionOfContract(theirs.submission))
    const { outcome, owed } = theirs
    const now = stored.now ?? 0
    if (outcome) compare(`${what} outcome`, outcomeOfRow(row, mine, now), outcomeOfContract(outcome))
    if (owed !== undefined) compare(what, { owed: owedTo(row, mine, now) }, { owed })
  })
  compareEarnings(world, row, stored, compare)
  const reveals = world.newReveals.filter((reveal) => reveal.challenge === row.id)
  compare(
    'revealed',
    Object.fromEntries(reveals.map(({ by, cid }) => [by, cid])),
    fieldsOf(stored.revealed, cidToString),
  )
  if (stored.attempts) {
    compare(
      'attempts',
      attemptsOf(rows),
      fieldsOf(stored.attempts, (a) => [a.attempts, a.day, a.today].join('/')),
    )
  }
  if (stored.contents) {
    const first = rows.filter((one) => one.verdict === 'scored').map((one) => [one.contentHash, one.number])
    compare('contents', Object.fromEntries(first), fieldsOf(stored.contents, String))
  }
  return differences
}

/** What is wrong with the public records. The world must be whole. */
export function comparePeople(world: World, stored: StoredPeople): Difference[] {
  const differences: Difference[] = []
  const oracles = oracleRecords(world)
  const makers = makerRecords(world)
  for (const address of new Set([...oracles.keys(), ...stored.oracles.keys()])) {
    const theirs = stored.oracles.get(address)
    differences.push(...differing(`oracle ${address}`, { ...oracles.get(address) }, { ...theirs?.record }))
    const keys = world.newKeys.filter((key) => key.oracle === address).sort((a, b) => a.version - b.version)
    const mine = keys.map((key) => [key.key, key.url, key.metadata, key.at].join('/'))
    const known = (theirs?.keys ?? []).map(({ key, url, metadata, time }) =>
      // As it is written down: no text column takes a NUL.
      [hex(key), String(url).replaceAll('\0', '\ufffd'), cidToString(metadata), time].join('/'),
    )
    differences.push(...differing(`oracle ${address} keys`, { ...mine }, { ...known }))
  }
  for (const address of new Set([...makers.keys(), ...stored.makers.keys()])) {
    differences.push(...differing(`maker ${address}`, { ...makers.get(address) }, { ...stored.makers.get(address) }))
  }
  return differences
}

type Fields = Record<string, unknown>
type Compare = (what: string, mine: Fields, theirs: Fields) => void

export function differing(where: string, mine: Fields, theirs: Fields): Difference[] {
  const differences: Difference[] = []
  for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [indexer, contract] = [String(mine[field]), String(theirs[field])]
    if (indexer !== contract) differences.push({ where, field, indexer, contract })
  }
  return differences
}

function compareEarnings(world: World, row: ChallengeRow, stored: StoredChallenge, compare: Compare): void {
  const { epochs, total, claimed } = stored.earnings
  const mine = { epochs: row.epochs, total: row.earned, claimed: row.claimed }
  compare('earnings', mine, { epochs, total, claimed })
  const posted = (world.epochVotes.get(row.id) ?? []).filter((vote) => vote.quorum)
  compare(
    'epochs',
    Object.fromEntries(posted.map((vote) => [vote.epoch, [vote.root, vote.total, vote.at].join('/')])),
    Object.fromEntries(stored.epochs.map((e, index) => [index + 1, [hex(e.root), e.total, e.time].join('/')])),
  )
  compare('claimed', claimedOf(world, row.id), fieldsOf(stored.claimed, String))
}

/** What each labeler was sent. */
export function claimedOf(world: World, challenge: number): Record<string, bigint> {
  const sums: Record<string, bigint> = {}
  for (const claim of world.newClaims) {
    if (claim.challenge === challenge) sums[claim.labeler] = (sums[claim.labeler] ?? 0n) + claim.amount
  }
  return sums
}

export function submissionsOf(world: World, challenge: number): SubmissionRow[] {
  return [...world.submissions.values()]
    .filter((row) => row.challenge === challenge)
    .sort((a, b) => a.number - b.number)
}

const nameOf = ({ solver, attempt }: { solver: string; attempt: number }) => `${solver}/${attempt}`

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function fieldsOf<Item>(items: ReadonlyMap<string, Item>, read: (item: Item) => string): Fields {
  return Object.fromEntries([...items].map(([key, item]) => [key, read(item)]))
}

const SECONDS_A_DAY = 86_400

function attemptsOf(rows: readonly SubmissionRow[]): Fields {
  const found: Record<string, { attempts: number; day: number; today: number }> = {}
  for (const { solver, submittedAt } of rows) {
    const day = Math.floor(submittedAt / SECONDS_A_DAY)
    const before = found[solver]
    const today = before?.day === day ? before.today : 0
    found[solver] = { attempts: (before?.attempts ?? 0) + 1, day, today: today + 1 }
  }
  return Object.fromEntries(
    Object.entries(found).map(([solver, { attempts, day, today }]) => [solver, [attempts, day, today].join('/')]),
  )
}

function frozenOfRow(row: ChallengeRow): Fields {
  const { payout, ...terms } = row.terms
  return { maker: row.maker, created: row.createdAt, ...terms, payout: Object.values(payout).join('/') }
}

function frozenOfContract({ maker, created, terms: stored }: Challenge): Fields {
  const { payout, ...terms } = termsOf(stored)
  return { maker, created, ...terms, payout: Object.values(payout).join('/') }
}

function boardOfRow(row: ChallengeRow): string {
  return row.board
    .map((one, place) => [one.solver, one.attempt, one.number, one.score, prizeOf(row, place)].join('/'))
    .join()
}

function boardOfContract(board: readonly Place[]): string {
  return board.map((one) => [one.solver, one.attempt, one.number, one.score, one.prize].join('/')).join()
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
    unsettled: row.unsettled,
    unsettledEligible: row.unsettledEligible,
    ranking: row.ranking,
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
    unsettled: state.unsettled,
    unsettledEligible: state.unsettled_eligible,
    ranking: Ranking[state.ranking].toLowerCase(),
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

function outcomeOfRow(challenge: ChallengeRow, row: SubmissionRow, now: number): Fields {
  const { number, score } = row
  return { number, score, token: challenge.terms.token, ...outcomeOf(challenge, row, now) }
}

function outcomeOfContract({ number, score, token, verdict, prize, last }: SubmissionOutcome): Fields {
  return { number, score, token, verdict: VERDICTS[verdict], prize, last }
}

function submissionOfContract(view: Submission): Fields {
  const graded = view.verdict === Verdict.Scored || view.verdict === Verdict.Duplicate
  return {
    number: view.number,
    cid: cidToString(view.cid),
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
