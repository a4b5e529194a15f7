/** More transactions than a ledger takes: who goes first, at which price, who is driven out of a full queue and who must wait. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Asset,
  type Contract,
  type FeeBumpTransaction,
  SorobanDataBuilder,
  type Transaction,
  TransactionBuilder,
} from '@stellar/stellar-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { closeUntil, Operation, Person, sorobanData, u32 } from './kit.ts'

/** Operations that a classic ledger takes, as the public network's, and instructions of a cluster. */
const LEDGER_OPERATIONS = 1_000
const HEAVY = 400_000_000

let net: Devnet

beforeEach(async () => {
  // Ledgers close when a test says so.
  net = await startDevnet({ interval: 3600 })
})
afterEach(() => net.close())

async function crowd(count: number): Promise<Person[]> {
  const funded = Promise.all(Array.from({ length: count }, () => Person.create(net)))
  await closeUntil(net, funded)
  return funded
}

/** A signed transaction of a hundred payments, each bidding so many stroops. */
async function hundred(person: Person, bid: number): Promise<Transaction> {
  const pay = Operation.payment({ destination: person.id, asset: Asset.native(), amount: '1' })
  const tx = await person.build(Array(100).fill(pay), { fee: String(bid) })
  tx.sign(person.key)
  return tx
}

async function send(person: Person, tx: Transaction | FeeBumpTransaction) {
  const { status, errorResult } = await person.server.sendTransaction(tx)
  return errorResult ? `${errorResult.result.type} ${errorResult.feeCharged}` : status
}

const hashOf = (tx: Transaction | FeeBumpTransaction) => Buffer.from(tx.hash()).toString('hex')

/** Ledger and fee of a transaction, or `undefined` while it is in none. */
async function found(person: Person, tx: Transaction | FeeBumpTransaction) {
  const answer = await person.server.getTransaction(hashOf(tx))
  return answer.status === 'NOT_FOUND' ? undefined : { ledger: answer.ledger, fee: Number(answer.resultXdr.feeCharged) }
}

/** A signed contract call that claims most of a cluster, and bids so much for inclusion. */
async function heavy(person: Person, probe: Contract, cell: number, bid: number): Promise<Transaction> {
  const prepared = await person.prepare(probe.call('write', u32(cell), u32(1), u32(8)))
  const resourceFee = 10_000_000
  const data = new SorobanDataBuilder(sorobanData(prepared)).setResources(HEAVY, 0, 1_000).setResourceFee(resourceFee)
  const tx = TransactionBuilder.cloneFrom(prepared, {
    fee: String(bid),
    networkPassphrase: net.passphrase,
  })
    .setSorobanData(data.build())
    .build()
  tx.sign(person.key)
  return tx
}

/** What a contract transaction paid beyond its resources. */
async function inclusion(person: Person, tx: Transaction): Promise<number> {
  const answer = await person.server.getTransaction(hashOf(tx))
  if (answer.status === 'NOT_FOUND') throw new Error('in no ledger')
  const ext = answer.resultMetaXdr.type === 'v4' ? answer.resultMetaXdr.value.sorobanMeta?.ext : undefined
  if (ext?.type !== 'v1') throw new Error('no fees in the meta')
  const { totalNonRefundableResourceFeeCharged: fixed, totalRefundableResourceFeeCharged: refundable } = ext.value
  return Number(answer.resultXdr.feeCharged - fixed - refundable)
}

test('a ledger takes 1,000 classic operations, the highest bids first, all at the price of the lowest of them', async () => {
  const people = await crowd(11)
  const bids = people.map((_, index) => 200 + 100 * index)
  const sent = await Promise.all(people.map((person, index) => hundred(person, bids[index]!)))
  for (const [index, tx] of sent.entries()) expect(await send(people[index]!, tx)).toBe('PENDING')
  await net.closeLedger()
  const [lowest, ...others] = await Promise.all(sent.map((tx, index) => found(people[index]!, tx)))
  expect(lowest).toBeUndefined()
  expect(others.map((other) => other?.fee)).toEqual(others.map(() => 300 * 100))
  const { server } = people[0]!
  expect((await server.getFeeStats()).inclusionFee).toMatchObject({ max: '300', p70: '300' })
  const { ledgers } = await server.getLedgers({ startLedger: net.ledger().sequence })
  expect(JSON.stringify(ledgers[0]!.metadataXdr.toJson())).toContain('"base_fee":"300"')
  await net.closeLedger()
  expect(await found(people[0]!, sent[0]!)).toMatchObject({ fee: 100 * 100 })
})

test('contracts compete among themselves: what touches one entry stands in line by its bid for inclusion', async () => {
  const people = await crowd(4)
  const probe = await people[0]!.deployProbe()
  const bids = [1_000, 3_000, 2_000]
  const calls = await Promise.all(bids.map((bid, index) => heavy(people[index]!, probe, 1, bid)))
  for (const [index, call] of calls.entries()) expect(await send(people[index]!, call)).toBe('PENDING')
  const cheap = await hundred(people[3]!, 150)
  expect(await send(people[3]!, cheap)).toBe('PENDING')
  for (const _ of bids) await net.closeLedger()
  const places = await Promise.all(calls.map((call, index) => found(people[index]!, call)))
  const [low, high, middle] = places.map((place) => place!.ledger)
  expect([high! + 1, high! + 2]).toEqual([middle, low])
  const paid = await Promise.all(calls.map((call, index) => inclusion(people[index]!, call)))
  expect(paid).toEqual([100, 3_000, 2_000])
  // The other lane was not crowded.
  expect(await found(people[3]!, cheap)).toEqual({ ledger: high, fee: 100 * 100 })
  const { sorobanInclusionFee, inclusionFee } = await people[0]!.server.getFeeStats()
  expect(sorobanInclusionFee).toMatchObject({ max: '3000', p90: '3000' })
  expect(inclusionFee.max).toBe('100')
})

test('what touches different entries stands in two clusters, each with 580 million instructions', async () => {
  const people = await crowd(3)
  const probe = await people[0]!.deployProbe()
  const calls = await Promise.all(people.map((person, index) => heavy(person, probe, index, 500)))
  for (const [index, call] of calls.entries()) expect(await send(people[index]!, call)).toBe('PENDING')
  const start = net.ledger().sequence + 1
  await net.closeLedger()
  await net.closeLedger()
  const places = await Promise.all(calls.map((call, index) => found(people[index]!, call)))
  expect(places.map((place) => place!.ledger - start).toSorted()).toEqual([0, 0, 1])
  const { ledgers } = await people[0]!.server.getLedgers({ startLedger: start })
  const meta = ledgers[0]!.metadataXdr
  const phases = meta.type === 'v2' ? meta.value.txSet.value.phases : []
  const stages = phases.flatMap((phase) => (phase.type === 'parallelTxsComponent' ? phase.value.executionStages : []))
  expect(stages.map((stage) => stage.length)).toEqual([2])
})

test('a full queue takes a higher bid and drives out the lowest, which is not taken again at once', async () => {
  const people = await crowd(23)
  const full = 2 * (LEDGER_OPERATIONS / 100)
  const waiting = await Promise.all(people.slice(0, full).map((person) => hundred(person, 200)))
  for (const [index, tx] of waiting.entries()) expect(await send(people[index]!, tx)).toBe('PENDING')
  const [late, rich, poor] = people.slice(full) as [Person, Person, Person]
  const equal = await hundred(late, 200)
  expect(await send(late, equal)).toBe('txInsufficientFee 20001')
  expect(await send(late, equal)).toBe('TRY_AGAIN_LATER')
  expect(await send(rich, await hundred(rich, 201))).toBe('PENDING')
  // Whoever comes after must beat the one that went, even if there were room.
  expect(await send(poor, await hundred(poor, 150))).toBe('txInsufficientFee 20001')
  const driven: string[] = []
  for (const [index, tx] of waiting.entries()) driven.push(await send(people[index]!, tx))
  expect(driven.filter((status) => status === 'TRY_AGAIN_LATER')).toHaveLength(1)
  expect(driven.filter((status) => status === 'DUPLICATE')).toHaveLength(full - 1)
  await net.closeLedger()
  await net.closeLedger()
  const ends = await Promise.all(waiting.map((tx, index) => found(people[index]!, tx)))
  expect(ends.filter((end) => end === undefined)).toHaveLength(1)
})

test('who is outbid for four ledgers is dropped', async () => {
  const people = await crowd(5)
  const probe = await people[0]!.deployProbe()
  const [low, ...others] = people as [Person, ...Person[]]
  const cheap = await heavy(low, probe, 1, 200)
  expect(await send(low, cheap)).toBe('PENDING')
  for (const other of others) {
    expect(await send(other, await heavy(other, probe, 1, 5_000))).toBe('PENDING')
    await net.closeLedger()
  }
  await net.closeLedger()
  expect(await found(low, cheap)).toBeUndefined()
  expect(await send(low, cheap)).toBe('TRY_AGAIN_LATER')
})

test("one's own waiting transaction is replaced by a fee bump that bids ten times as much", async () => {
  const [ana, ben] = (await crowd(2)) as [Person, Person]
  const pay = Operation.payment({ destination: ben.id, asset: Asset.native(), amount: '1' })
  const inner = await ana.build([pay], { fee: '100' })
  inner.sign(ana.key)
  const bump = (fee: number) => {
    const outer = TransactionBuilder.buildFeeBumpTransaction(ben.key, String(fee / 2), inner, net.passphrase)
    outer.sign(ben.key)
    return outer
  }
  expect(await send(ana, inner)).toBe('PENDING')
  expect(await send(ana, bump(1_998))).toBe('txInsufficientFee 2000')
  const outer = bump(2_000)
  expect(await send(ana, outer)).toBe('PENDING')
  expect(await send(ana, outer)).toBe('DUPLICATE')
  expect(await send(ana, inner)).toBe('DUPLICATE')
  await net.closeLedger()
  const done = await ana.server.getTransaction(hashOf(outer))
  expect(done).toMatchObject({ status: 'SUCCESS', feeBump: true })
  expect(done.status === 'SUCCESS' && done.resultXdr.feeCharged).toBe(200n)
  const next = await ana.build([pay], { fee: '100' })
  next.sign(ana.key)
  expect(await send(ana, next)).toBe('PENDING')
})

test('an account waits with one transaction, be it classic or of contracts, and pays for no more than it has', async () => {
  const [ana, ben] = (await crowd(2)) as [Person, Person]
  const probe = await ana.deployProbe()
  const call = await heavy(ana, probe, 1, 500)
  const pay = Operation.payment({ destination: ben.id, asset: Asset.native(), amount: '1' })
  const classic = await ana.build([pay])
  classic.sign(ana.key)
  expect(await send(ana, classic)).toBe('PENDING')
  expect(await send(ana, call)).toBe('TRY_AGAIN_LATER')
  await net.closeLedger()
  // Both bids together are more than the payer has.
  const have = Number(await ben.balance())
  const most = 2 ** 32 - 1
  const drain = await ben.build([
    Operation.payment({
      destination: ana.id,
      asset: Asset.native(),
      amount: ((have - 15_000_000 - most) / 1e7).toFixed(7),
    }),
  ])
  await closeUntil(net, ben.submit(drain))
  const first = await ben.build([pay], { fee: String(Math.floor(most / 2)) })
  first.sign(ben.key)
  expect(await send(ben, first)).toBe('PENDING')
  const inner = await ana.build([pay], { fee: '100' })
  inner.sign(ana.key)
  const outer = TransactionBuilder.buildFeeBumpTransaction(ben.key, String(Math.floor(most / 2)), inner, net.passphrase)
  outer.sign(ben.key)
  expect(await send(ana, outer)).toBe('txInsufficientBalance 0')
})

test('friendbot bids more than most, and waits with whom it funds when others bid more still', async () => {
  const people = await crowd(11)
  const full = LEDGER_OPERATIONS / 100
  for (const person of people.slice(0, full)) expect(await send(person, await hundred(person, 100_001))).toBe('PENDING')
  const ordinary = people.at(-1)!
  const cheap = await hundred(ordinary, 500)
  expect(await send(ordinary, cheap)).toBe('PENDING')
  const fresh = new Person(net)
  let funded = false
  const airdrop = fresh.server.requestAirdrop(fresh.id).then(() => {
    funded = true
  })
  await sleep(100)
  await net.closeLedger()
  await sleep(20)
  expect(funded).toBe(false)
  await closeUntil(net, airdrop)
  await airdrop
  expect(await fresh.balance()).toBe(100_000_000_000n)
  expect(await found(ordinary, cheap)).toMatchObject({ fee: 100 * 100 })
})

test('a refusal tells the fee that would do', async () => {
  const [ana] = (await crowd(1)) as [Person]
  const pay = Operation.payment({ destination: ana.id, asset: Asset.native(), amount: '1' })
  const cheap = await ana.build([pay, pay], { fee: '99' })
  cheap.sign(ana.key)
  expect(await send(ana, cheap)).toBe('txInsufficientFee 200')
})
