/** An event as the contract's own client reads it, brought into the form that rows have: text for CIDs and hashes. */
import { cidToString } from '@stellartrain/contracts-client/cid'
import {
  decodeBody,
  decodeRecordsBody,
  decodeRecountBody,
  type EventBodies,
  type EventBody,
  type EventType,
  RECORDS_EVENT_TYPES,
  RECOUNT_EVENT_TYPES,
  type RecordsEventBodies,
  type RecordsEventBody,
  type RecordsEventType,
  type RecountEventBodies,
  type RecountEventBody,
  type RecountEventType,
} from '@stellartrain/contracts-client/events'
import { toHex } from '@stellartrain/contracts-client/hex'
import { statusName } from '@stellartrain/contracts-client/rules'
import type { Branch, ContractEvent, EventOf, RecordsEvent, RecountEvent } from './events.ts'
import { rankedBy } from './names.ts'
import { termsOf } from './terms.ts'

type Rows = { [Name in EventType]: (body: EventBodies[Name]) => EventOf<Name> }

/** A new event of the contract breaks the build here, until it has rows. */
const ROWS: Rows = {
  oracle_registered: (e) => ({
    type: 'oracle_registered',
    oracle: e.oracle,
    version: e.version,
    key: toHex(e.key),
    // Anybody may put a NUL into a string on-chain, and no text column takes one.
    url: String(e.url).replaceAll('\0', '\ufffd'),
    metadata: cidToString(e.metadata),
  }),
  challenge_created: (e) => ({
    type: 'challenge_created',
    challenge: e.challenge,
    maker: e.maker,
    token: e.token,
    terms: termsOf(e.terms),
    prize: e.prize,
    feeBudget: e.fee_budget,
  }),
  challenge_accepted: (e) => ({
    type: 'challenge_accepted',
    challenge: e.challenge,
    oracle: e.oracle,
    keyVersion: e.key_version,
    key: toHex(e.key),
    shares: toHex(e.shares),
  }),
  topped_up: (e) => ({ type: 'topped_up', challenge: e.challenge, from: e.from, escrow: e.escrow, fees: e.fees }),
  challenge_cancelled: (e) => ({ type: 'challenge_cancelled', challenge: e.challenge, refunded: e.refunded }),
  submitted: (e) => ({
    type: 'submitted',
    challenge: e.challenge,
    solver: e.solver,
    attempt: e.attempt,
    number: e.number,
    cid: cidToString(e.cid),
    commitment: toHex(e.commitment),
    units: e.units,
    deposit: e.deposit,
    carried: e.carried,
  }),
  scored: (e) => ({
    type: 'scored',
    challenge: e.challenge,
    oracle: e.oracle,
    report: cidToString(e.report),
    settle: e.settle,
    rows: e.rows,
  }),
  settled: (e) => ({ type: 'settled', challenge: e.challenge, rows: e.rows }),
  ruled: (e) => ({
    type: 'ruled',
    challenge: e.challenge,
    judge: e.judge,
    report: cidToString(e.report),
    rows: e.rows,
  }),
  payment_released: (e) => ({
    type: 'payment_released',
    challenge: e.challenge,
    solver: e.solver,
    attempt: e.attempt,
    prize: e.prize,
    back: e.back,
    row: e.row,
  }),
  ranking_posted: (e) => ({
    type: 'ranking_posted',
    challenge: e.challenge,
    by: e.by,
    report: cidToString(e.report),
    rows: e.rows.map(({ solver, attempt, score }) => ({ solver, attempt, score })),
    quorum: e.quorum,
  }),
  ranking_fixed: (e) => ({ type: 'ranking_fixed', challenge: e.challenge, ranking: rankedBy(e.ranking) }),
  earnings_posted: (e) => ({
    type: 'earnings_posted',
    challenge: e.challenge,
    oracle: e.oracle,
    epoch: e.epoch,
    left: branch(e.left),
    right: branch(e.right),
    root: toHex(e.root),
    total: e.total,
    report: cidToString(e.report),
    quorum: e.quorum,
    fees: e.fees,
  }),
  earnings_claimed: (e) => ({
    type: 'earnings_claimed',
    challenge: e.challenge,
    labeler: e.labeler,
    epoch: e.epoch,
    amount: e.amount,
    cumulative: e.cumulative,
  }),
  truth_revealed: (e) => ({ type: 'truth_revealed', challenge: e.challenge, by: e.by, truth: cidToString(e.truth) }),
  fees_withdrawn: (e) => ({ type: 'fees_withdrawn', challenge: e.challenge, oracle: e.oracle, amount: e.amount }),
  challenge_closed: (e) => ({
    type: 'challenge_closed',
    challenge: e.challenge,
    maker: e.maker,
    prize: e.prize,
    fees: e.fees,
    folded: e.folded,
  }),
}

type RecordsRows = { [Name in RecordsEventType]: (body: RecordsEventBodies[Name]) => EventOf<Name> }

const RECORDS_ROWS: RecordsRows = {
  submission_folded: (e) => ({
    type: 'submission_folded',
    ...{ challenge: e.challenge, solver: e.solver, attempt: e.attempt, number: e.number },
    ...{ verdict: statusName(e.verdict), score: e.score, prize: e.prize, token: e.token },
  }),
  badge_minted: (e) => ({
    type: 'badge_minted',
    ...{ challenge: e.challenge, solver: e.solver, badge: e.token_id, attempt: e.attempt, number: e.number },
    ...{ score: e.score, prize: e.prize, token: e.token },
  }),
  mint: (e) => ({ type: 'mint', to: e.to, badge: e.token_id }),
  burn: (e) => ({ type: 'burn', from: e.from, badge: e.token_id }),
}

type RecountRows = { [Name in RecountEventType]: (body: RecountEventBodies[Name]) => EventOf<Name> }

const bits = (value: bigint): string => BigInt(value).toString(16).padStart(16, '0')

const RECOUNT_ROWS: RecountRows = {
  recount_configured: ({ challenge, maker, rules: { metric, classes, numbers, positive, least, most, whole } }) => ({
    type: 'recount_configured',
    ...{ challenge, maker },
    rules: {
      ...{ metric: Number(metric), classes: classes.map(toHex), numbers, positive },
      ...{ least: bits(least), most: bits(most), whole },
    },
  }),
  truth_opened: (e) => ({
    type: 'truth_opened',
    ...{ challenge: e.challenge, place: e.place, rows: e.rows, complete: e.complete },
  }),
  work_opened: (e) => ({
    type: 'work_opened',
    ...{ challenge: e.challenge, solver: e.solver, attempt: e.attempt, place: e.place, rows: e.rows },
  }),
  recounted: (e) => ({
    type: 'recounted',
    ...{ challenge: e.challenge, solver: e.solver, attempt: e.attempt, score: e.score, private: e.private },
    ...{ contentHash: toHex(e.content_hash), copied: e.copied },
  }),
  recount_removed: (e) => ({ type: 'recount_removed', challenge: e.challenge }),
}

const OF_RECORDS: ReadonlySet<string> = new Set(RECORDS_EVENT_TYPES)

/** Whether it is one of the contract of records and badges. */
export const isRecordsEvent = (event: ContractEvent): event is RecordsEvent => OF_RECORDS.has(event.type)

const OF_RECOUNT: ReadonlySet<string> = new Set(RECOUNT_EVENT_TYPES)

/** Whether it is one of a judge that grades. */
export const isRecountEvent = (event: ContractEvent): event is RecountEvent => OF_RECOUNT.has(event.type)

/** Whether it is one of a contract beside the main one. */
export const isBesideEvent = (event: ContractEvent): event is RecordsEvent | RecountEvent =>
  isRecordsEvent(event) || isRecountEvent(event)

/** The challenge whose state this event changes; undefined: none's. Contracts beside the main one speak of a challenge and change nothing of it. */
export const challengeOf = (event: ContractEvent): number | undefined =>
  'challenge' in event && !isBesideEvent(event) ? event.challenge : undefined

/** The event, or `null` if this version does not understand it: a newer contract's, or not one of ours. */
export function decodeEvent(topics: readonly string[], value: string): ContractEvent | null {
  try {
    const body = decodeBody(topics, value)
    if (body) return (ROWS[body.type] as (body: EventBody) => ContractEvent)(body)
    const records = decodeRecordsBody(topics, value)
    if (records) return (RECORDS_ROWS[records.type] as (body: RecordsEventBody) => ContractEvent)(records)
    const recount = decodeRecountBody(topics, value)
    return recount ? (RECOUNT_ROWS[recount.type] as (body: RecountEventBody) => ContractEvent)(recount) : null
  } catch {
    return null
  }
}

const branch = ({ hash, sum }: { hash: Uint8Array; sum: bigint }): Branch => ({ hash: toHex(hash), sum })
