/** The contract's events as RPC would send them, written with the Stellar SDK: the other side of our decoder. */

import { Address, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'
import { packBy, packWhat, STATUS } from '@stellartrain/contracts-client/rules'
import { cidToChain } from '@stellartrain/ipfs-content/cid'
import type { Branch, ContractEvent, Payout, Row, Terms } from '../decode/events.ts'
import type { EventPlace } from '../project/model.ts'
import { partsOf } from '../project/verdicts.ts'

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
const bool = (value: boolean): Val => xdr.ScVal.scvBool(value)
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

function row({ number, by, says, flags, status, amount }: Row): Val {
  const { verdict, reason, score, contentHash, units } = partsOf(says)
  return vec([
    ...[u32(number), u32(packBy(by)), u32(packWhat({ verdict, reason, flags, status })), i64(score)],
    ...[bytes(contentHash === '' ? NOTHING : contentHash), u32(units), i128(amount)],
  ])
}

const NOTHING = '0'.repeat(64)

const branch = ({ hash, sum }: Branch): Val => map({ hash: bytes(hash), sum: i128(sum) })

function payout(p: Payout): Val {
  switch (p.rule) {
    case 'bounty':
      return vec([sym('Bounty'), map({ reward: i128(p.reward), winners: u32(p.winners) })])
    case 'ranked':
      return vec([sym('Ranked'), map({ prizes: vec([...p.prizes].map(i128)) })])
    case 'per_unit':
      return vec([sym('PerUnit'), map({ rate: i128(p.rate), max_units: u32(p.maxUnits) })])
    case 'earnings':
      return vec([sym('Earnings')])
  }
}

function terms(t: Terms): Val {
  const time = (seconds: number) => u64(BigInt(seconds))
  return map({
    token: address(t.token),
    payout: payout(t.payout),
    oracles: vec(t.oracles.map(address)),
    oracle_fee: i128(t.oracleFee),
    deposit: i128(t.deposit),
    threshold: i64(t.threshold),
    direction: u32(t.direction === 'maximize' ? 0 : 1),
    step: i64(t.step),
    opens: time(t.opens),
    accept_by: time(t.acceptBy),
    deadline: time(t.deadline),
    patience: time(t.patience),
    grade_by: time(t.gradeBy),
    judge: t.judge ? map({ address: address(t.judge.address), judge_by: time(t.judge.by) }) : xdr.ScVal.scvVoid(),
    gate: t.gate === null ? xdr.ScVal.scvVoid() : address(t.gate),
    attempts: u32(t.attempts),
    attempts_per_day: u32(t.attemptsPerDay),
    unique_content: bool(t.uniqueContent),
    truth: bytes(t.truth),
    opens_truth: bool(t.opensTruth),
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
      return [
        [u32(e.challenge), address(e.oracle)],
        { key_version: u32(e.keyVersion), key: bytes(e.key), shares: bytes(e.shares) },
      ]
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
          commitment: bytes(e.commitment),
          units: u32(e.units),
          deposit: i128(e.deposit),
          carried: i128(e.carried),
        },
      ]
    case 'scored':
      return [
        [u32(e.challenge), address(e.oracle)],
        { report: cid(e.report), settle: bool(e.settle), rows: vec(e.rows.map(row)) },
      ]
    case 'settled':
      return [[u32(e.challenge)], { rows: vec(e.rows.map(row)) }]
    case 'ruled':
      return [[u32(e.challenge), address(e.judge)], { report: cid(e.report), rows: vec(e.rows.map(row)) }]
    case 'payment_released':
      return [
        [u32(e.challenge), address(e.solver)],
        { attempt: u32(e.attempt), prize: i128(e.prize), back: i128(e.back), row: row(e.row) },
      ]
    case 'ranking_posted': {
      const ranked = (r: (typeof e.rows)[number]) =>
        map({ solver: address(r.solver), attempt: u32(r.attempt), score: i64(r.score) })
      return [
        [u32(e.challenge), address(e.by)],
        { report: cid(e.report), rows: vec(e.rows.map(ranked)), quorum: bool(e.quorum) },
      ]
    }
    case 'ranking_fixed':
      return [[u32(e.challenge)], { ranking: u32(e.ranking === 'judge' ? 2 : 3) }]
    case 'earnings_posted':
      return [
        [u32(e.challenge), address(e.oracle)],
        {
          epoch: u32(e.epoch),
          left: branch(e.left),
          right: branch(e.right),
          root: bytes(e.root),
          total: i128(e.total),
          report: cid(e.report),
          quorum: bool(e.quorum),
          fees: i128(e.fees),
        },
      ]
    case 'earnings_claimed':
      return [
        [u32(e.challenge), address(e.labeler)],
        { epoch: u32(e.epoch), amount: i128(e.amount), cumulative: i128(e.cumulative) },
      ]
    case 'truth_revealed':
      return [[u32(e.challenge), address(e.by)], { truth: cid(e.truth) }]
    case 'fees_withdrawn':
      return [[u32(e.challenge), address(e.oracle)], { amount: i128(e.amount) }]
    case 'submission_folded':
      return [
        [u32(e.challenge), address(e.solver)],
        {
          ...{ attempt: u32(e.attempt), number: u32(e.number), verdict: u32(STATUS[e.verdict]) },
          ...{ score: i64(e.score), prize: i128(e.prize), token: address(e.token) },
        },
      ]
    case 'badge_minted':
      return [
        [u32(e.challenge), address(e.solver)],
        {
          ...{ token_id: u32(e.badge), attempt: u32(e.attempt), number: u32(e.number) },
          ...{ score: i64(e.score), prize: i128(e.prize), token: address(e.token) },
        },
      ]
    case 'mint':
      return [[address(e.to)], { token_id: u32(e.badge) }]
    case 'burn':
      return [[address(e.from)], { token_id: u32(e.badge) }]
    case 'recount_configured': {
      const { metric, classes, numbers, positive, least, most, whole } = e.rules
      const bound = (hex: string) => u64(BigInt(`0x${hex}`))
      return [
        [u32(e.challenge)],
        {
          maker: address(e.maker),
          rules: map({
            ...{ metric: u32(metric), classes: vec(classes.map(bytes)), numbers: bool(numbers) },
            ...{ positive: u32(positive), least: bound(least), most: bound(most), whole: bool(whole) },
          }),
        },
      ]
    }
    case 'truth_opened':
      return [[u32(e.challenge)], { place: u32(e.place), rows: u32(e.rows), complete: bool(e.complete) }]
    case 'work_opened':
      return [
        [u32(e.challenge), address(e.solver)],
        { attempt: u32(e.attempt), place: u32(e.place), rows: u32(e.rows) },
      ]
    case 'recounted':
      return [
        [u32(e.challenge), address(e.solver)],
        {
          ...{ attempt: u32(e.attempt), score: i64(e.score), private: i64(e.private) },
          ...{ content_hash: bytes(e.contentHash), copied: bool(e.copied) },
        },
      ]
    case 'recount_removed':
      return [[u32(e.challenge)], {}]
    case 'challenge_closed':
      return [
        [u32(e.challenge), address(e.maker)],
        { prize: i128(e.prize), fees: i128(e.fees), folded: bool(e.folded) },
      ]
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
