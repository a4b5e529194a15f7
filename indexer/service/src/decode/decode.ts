/** An event as the contract's own client reads it, brought into the form that rows have: text for CIDs and hashes. */
import { cidToString } from '@stellartrain/contracts-client/cid'
import { decodeBody, type EventBodies, type EventBody, type EventType } from '@stellartrain/contracts-client/events'
import type { ContractEvent } from './events.ts'
import {
  type EventOf,
  type Payout,
  type SettledRow,
  type Terms,
  VERDICTS,
  type Verdict,
  type VoteRow,
} from './events.ts'

type Rows = { [Name in EventType]: (body: EventBodies[Name]) => EventOf<Name> }

/** A new event of the contract breaks the build here, until it has rows. */
const ROWS: Rows = {
  oracle_registered: (e) => ({
    type: 'oracle_registered',
    oracle: e.oracle,
    version: e.version,
    key: hex(e.key),
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
    units: e.units,
    deposit: e.deposit,
    carried: e.carried,
  }),
  scored: (e) => ({
    type: 'scored',
    challenge: e.challenge,
    oracle: e.oracle,
    report: cidToString(e.report),
    first: e.first,
    votes: e.votes.map(
      (vote): VoteRow => ({
        verdict: verdict(vote.verdict),
        reason: vote.reason,
        score: vote.score,
        contentHash: hex(vote.content_hash),
        units: vote.units,
      }),
    ),
    settledFirst: e.settled_first,
    settled: e.settled.map(settledRow),
  }),
  settled: (e) => ({ type: 'settled', challenge: e.challenge, first: e.first, settled: e.settled.map(settledRow) }),
  payment_released: (e) => ({
    type: 'payment_released',
    challenge: e.challenge,
    solver: e.solver,
    attempt: e.attempt,
    number: e.number,
    prize: e.prize,
    deposit: e.deposit,
    silence: e.silence,
    verdict: verdict(e.verdict),
    reason: e.reason,
    flags: e.flags,
  }),
  ranking_posted: (e) => ({
    type: 'ranking_posted',
    challenge: e.challenge,
    oracle: e.oracle,
    report: cidToString(e.report),
    rows: e.rows.map(({ solver, attempt, score }) => ({ solver, attempt, score })),
    quorum: e.quorum,
  }),
  ranking_fixed: (e) => ({
    type: 'ranking_fixed',
    challenge: e.challenge,
    graded: e.graded,
    submitted: e.submitted,
  }),
  earnings_posted: (e) => ({
    type: 'earnings_posted',
    challenge: e.challenge,
    oracle: e.oracle,
    epoch: e.epoch,
    root: hex(e.root),
    total: e.total,
    report: cidToString(e.report),
    again: e.again,
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
  silence_fixed: (e) => ({ type: 'silence_fixed', challenge: e.challenge, part: e.part, eligible: e.eligible }),
  truth_revealed: (e) => ({ type: 'truth_revealed', challenge: e.challenge, by: e.by, truth: cidToString(e.truth) }),
  fees_withdrawn: (e) => ({ type: 'fees_withdrawn', challenge: e.challenge, oracle: e.oracle, amount: e.amount }),
  challenge_closed: (e) => ({ type: 'challenge_closed', challenge: e.challenge, maker: e.maker, amount: e.amount }),
}

/** The event, or `null` if this version does not understand it: a newer contract's, or not one of ours. */
export function decodeEvent(topics: readonly string[], value: string): ContractEvent | null {
  try {
    const body = decodeBody(topics, value)
    return body ? (ROWS[body.type] as (body: EventBody) => ContractEvent)(body) : null
  } catch {
    return null
  }
}

/** The frozen half of a challenge in the form that rows have. @throws TypeError, RangeError */
export function termsOf(from: EventBodies['challenge_created']['terms']): Terms {
  return {
    token: from.token,
    payout: payout(from.payout),
    oracles: [...from.oracles],
    quorum: from.quorum,
    oracleFee: from.oracle_fee,
    deposit: from.deposit,
    threshold: from.threshold,
    direction: from.direction === 0 ? 'maximize' : 'minimize',
    step: from.step,
    opens: from.opens,
    acceptBy: from.accept_by,
    deadline: from.deadline,
    patience: from.patience,
    gradeBy: from.grade_by,
    silenceShare: from.silence_share,
    attempts: from.attempts,
    attemptsPerDay: from.attempts_per_day,
    opensTruth: from.opens_truth,
    manifest: cidToString(from.manifest),
  }
}

function payout(from: EventBodies['challenge_created']['terms']['payout']): Payout {
  switch (from.tag) {
    case 'Bounty':
      return { rule: 'bounty', reward: from.values[0].reward, winners: from.values[0].winners }
    case 'Ranked':
      return { rule: 'ranked', prizes: [...from.values[0].prizes] }
    case 'PerUnit':
      return { rule: 'per_unit', rate: from.values[0].rate, maxUnits: from.values[0].max_units }
    case 'Earnings':
      return { rule: 'earnings' }
    default:
      throw new TypeError('a payout rule that this version does not know')
  }
}

function settledRow(row: EventBodies['settled']['settled'][number]): SettledRow {
  return { by: row.by, verdict: verdict(row.verdict), reason: row.reason, flags: row.flags, amount: row.amount }
}

function verdict(code: number): Verdict {
  const known = VERDICTS[code]
  if (known === undefined) throw new TypeError('a verdict that this version does not know')
  return known
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}
