/** The contract's events as RPC would send them, written with the Stellar SDK: the other side of our decoder. */

import { Address, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'
import { cidToChain } from '@stellartrain/ipfs-content/cid'
import type { ContractEvent, Payout, SettledRow, Terms, VoteRow } from '../decode/events.ts'
import { VERDICTS } from '../decode/events.ts'
import type { EventPlace } from '../project/model.ts'

export type RpcEvent = {
  type: 'contract'
  id: string
  ledger: number
  ledgerClosedAt: string
  contractId: string
  txHash: string
  inSuccessfulContractCall: boolean
  topic: string[]
  value: string
}

type Val = xdr.ScVal

const sym = (text: string): Val => nativeToScVal(text, { type: 'symbol' })
const u32 = (n: number): Val => nativeToScVal(n, { type: 'u32' })
const u64 = (n: bigint): Val => nativeToScVal(n, { type: 'u64' })
const i64 = (n: bigint): Val => nativeToScVal(n, { type: 'i64' })
const i128 = (n: bigint): Val => nativeToScVal(n, { type: 'i128' })
const text = (value: string): Val => nativeToScVal(value, { type: 'string' })
const bytes = (hex: string): Val => nativeToScVal(Buffer.from(hex, 'hex'), { type: 'bytes' })
const address = (strkey: string): Val => Address.fromString(strkey).toScVal()
const vec = (items: Val[]): Val => xdr.ScVal.scvVec(items)
const map = (entries: Record<string, Val>): Val =>
  xdr.ScVal.scvMap(
    Object.entries(entries)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, val]) => new xdr.ScMapEntry({ key: sym(key), val })),
  )

function cid(text: string): Val {
  const { codec, digest } = cidToChain(text)
  return map({ codec: u32(codec), digest: bytes(Buffer.from(digest).toString('hex')) })
}

const packed = (row: { verdict: (typeof VERDICTS)[number]; reason: number; flags?: number }): Val =>
  u32(VERDICTS.indexOf(row.verdict) | (row.reason << 8) | ((row.flags ?? 0) << 16))

const vote = (row: VoteRow): Val => vec([packed(row), i64(row.score), bytes(row.contentHash), u32(row.units)])
const settled = (row: SettledRow): Val => vec([u32(row.by ?? 255), packed(row), i128(row.amount)])

function payout(p: Payout): Val {
  switch (p.rule) {
    case 'bounty':
      return vec([sym('Bounty'), map({ reward: i128(p.reward), winners: u32(p.winners) })])
    case 'ranked':
      return vec([sym('Ranked'), map({ prizes: vec(p.prizes.map(i128)) })])
    case 'per_unit':
      return vec([sym('PerUnit'), map({ rate: i128(p.rate), max_units: u32(p.maxUnits) })])
    case 'earnings':
      return vec([sym('Earnings')])
  }
}

function terms(t: Terms): Val {
  return map({
    token: address(t.token),
    payout: payout(t.payout),
    oracles: vec(t.oracles.map(address)),
    quorum: u32(t.quorum),
    oracle_fee: i128(t.oracleFee),
    deposit: i128(t.deposit),
    threshold: i64(t.threshold),
    direction: u32(t.direction === 'maximize' ? 0 : 1),
    step: i64(t.step),
    opens: u64(t.opens),
    accept_by: u64(t.acceptBy),
    deadline: u64(t.deadline),
    patience: u64(t.patience),
    grade_by: u64(t.gradeBy),
    silence_share: u32(t.silenceShare),
    attempts: u32(t.attempts),
    attempts_per_day: u32(t.attemptsPerDay),
    opens_truth: xdr.ScVal.scvBool(t.opensTruth),
    manifest: cid(t.manifest),
  })
}

/** Topics after the name, and the value. */
function parts(e: ContractEvent): [topics: Val[], value: Record<string, Val>] {
  switch (e.type) {
    case 'oracle_registered':
      return [
        [address(e.oracle)],
        { version: u32(e.version), key: bytes(e.key), url: text(e.url), metadata: cid(e.metadata) },
      ]
    case 'challenge_created':
      return [
        [u32(e.challenge), address(e.maker), address(e.token)],
        { terms: terms(e.terms), prize: i128(e.prize), fee_budget: i128(e.feeBudget) },
      ]
    case 'challenge_accepted':
      return [[u32(e.challenge), address(e.oracle)], { key_version: u32(e.keyVersion) }]
    case 'topped_up':
      return [[u32(e.challenge), address(e.from)], { escrow: i128(e.escrow), fees: i128(e.fees) }]
    case 'challenge_cancelled':
      return [[u32(e.challenge)], { refunded: i128(e.refunded) }]
    case 'submitted':
      return [
        [u32(e.challenge), address(e.solver)],
        {
          attempt: u32(e.attempt),
          number: u32(e.number),
          cid: cid(e.cid),
          units: u32(e.units),
          deposit: i128(e.deposit),
          carried: i128(e.carried),
        },
      ]
    case 'scored':
      return [
        [u32(e.challenge), address(e.oracle)],
        {
          report: cid(e.report),
          first: u32(e.first),
          votes: vec(e.votes.map(vote)),
          settled_first: u32(e.settledFirst),
          settled: vec(e.settled.map(settled)),
        },
      ]
    case 'settled':
      return [[u32(e.challenge)], { first: u32(e.first), settled: vec(e.settled.map(settled)) }]
    case 'payment_released':
      return [
        [u32(e.challenge), address(e.solver)],
        {
          attempt: u32(e.attempt),
          number: u32(e.number),
          prize: i128(e.prize),
          deposit: i128(e.deposit),
          silence: i128(e.silence),
          verdict: packed(e),
        },
      ]
    case 'ranking_posted': {
      const row = (r: (typeof e.rows)[number]) =>
        map({ solver: address(r.solver), attempt: u32(r.attempt), score: i64(r.score) })
      return [
        [u32(e.challenge), address(e.oracle)],
        { report: cid(e.report), rows: vec(e.rows.map(row)), quorum: xdr.ScVal.scvBool(e.quorum) },
      ]
    }
    case 'ranking_fixed':
      return [[u32(e.challenge)], { graded: u32(e.graded), submitted: u32(e.submitted) }]
    case 'earnings_posted':
      return [
        [u32(e.challenge), address(e.oracle)],
        {
          epoch: u32(e.epoch),
          root: bytes(e.root),
          total: i128(e.total),
          report: cid(e.report),
          again: xdr.ScVal.scvBool(e.again),
          quorum: xdr.ScVal.scvBool(e.quorum),
          fees: i128(e.fees),
        },
      ]
    case 'earnings_claimed':
      return [
        [u32(e.challenge), address(e.labeler)],
        { epoch: u32(e.epoch), amount: i128(e.amount), cumulative: i128(e.cumulative) },
      ]
    case 'silence_fixed':
      return [[u32(e.challenge)], { part: i128(e.part), eligible: u32(e.eligible) }]
    case 'truth_revealed':
      return [[u32(e.challenge), address(e.by)], { truth: cid(e.truth) }]
    case 'fees_withdrawn':
      return [[u32(e.challenge), address(e.oracle)], { amount: i128(e.amount) }]
    case 'challenge_closed':
      return [[u32(e.challenge), address(e.maker)], { amount: i128(e.amount) }]
  }
}

export function encodeEvent(event: ContractEvent, place: EventPlace, contract: string): RpcEvent {
  const [topics, value] = parts(event)
  return {
    type: 'contract',
    id: place.id,
    ledger: place.ledger,
    ledgerClosedAt: new Date(place.closedAt * 1000).toISOString(),
    contractId: contract,
    txHash: place.txHash,
    inSuccessfulContractCall: true,
    topic: [sym(event.type), ...topics].map((val) => val.toXdr('base64')),
    value: map(value).toXdr('base64'),
  }
}
