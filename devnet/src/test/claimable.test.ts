/** Claimable balances: who may claim when, what is set aside for them, and what an issuer can take back. */
import {
  Asset,
  AuthClawbackEnabledFlag,
  AuthRevocableFlag,
  Claimant,
  getClaimableBalanceIdFromResult,
  MuxedAccount,
  scValToNative,
  type Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { ended, Keypair, Operation, Person } from './kit.ts'

/** Stroops that each claimant of a balance locks up. */
const RESERVE = 5_000_000n
const FEE = 100n

let net: Devnet
let issuer: Person
let ana: Person
let ben: Person
let usd: Asset

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ;[issuer, ana, ben] = await Promise.all([Person.create(net), Person.create(net), Person.create(net)])
  usd = new Asset('USDX', issuer.id)
  await ana.send(Operation.changeTrust({ asset: usd, limit: '100' }))
  await issuer.send(Operation.payment({ destination: ana.id, asset: usd, amount: '50' }))
})
afterAll(() => net.close())

const give = (amount: string, asset = Asset.native(), claimants = [new Claimant(ben.id)]) =>
  Operation.createClaimableBalance({ asset, amount, claimants })
const claim = (balanceId: string) => Operation.claimClaimableBalance({ balanceId })

/** Makes a balance and returns its id. */
async function made(person: Person, op = give('10')): Promise<string> {
  return getClaimableBalanceIdFromResult((await person.send(op)).resultXdr, 0)
}

const account = async (person: Person) => {
  const entry = await person.server.getAccountEntry(person.id)
  const v1 = entry.ext.type === 'v1' ? entry.ext.value : undefined
  const v2 = v1?.ext.type === 'v2' ? v1.ext.value : undefined
  return { balance: BigInt(entry.balance), sponsoring: v2?.numSponsoring ?? 0 }
}

/** Topics and value of an asset's events since a ledger. */
async function events(asset: Asset, startLedger: number) {
  const filters = [{ contractIds: [asset.contractId(net.passphrase)] }]
  const found = (await ana.server.getEvents({ startLedger, filters })).events
  return found
    .map((event) => [...event.topic.map(scValToNative), scValToNative(event.value)])
    .filter(([name]) => name !== 'fee')
}

/** The address of a balance, as events name it. */
const addressOf = (balanceId: string) =>
  scValToNative(
    xdr.ScVal.scvAddress(xdr.ScAddress.scAddressTypeClaimableBalance(xdr.ClaimableBalanceId.fromXdr(balanceId, 'hex'))),
  )

test('XLM is set aside, its maker carries the reserve, and the claimant gets it once', async () => {
  const start = net.ledger().sequence + 1
  const before = { ana: await account(ana), ben: await account(ben) }
  const tx = await ana.build([give('10')])
  const foreseen = tx.getClaimableBalanceId(0)
  const balanceId = getClaimableBalanceIdFromResult((await ana.submit(tx)).resultXdr, 0)
  expect(balanceId).toBe(foreseen)
  expect(await account(ana)).toEqual({ balance: before.ana.balance - 100_000_000n - FEE, sponsoring: 1 })
  const entry = await ana.server.getClaimableBalance(balanceId)
  expect(entry.amount).toBe(100_000_000n)
  const key = xdr.LedgerKey.claimableBalance(new xdr.LedgerKeyClaimableBalance({ balanceId: entry.balanceId }))
  const raw = await net_('getLedgerEntries', { keys: [key.toXdr('base64')] })
  const ext = xdr.LedgerEntryExt.fromXdr(raw.entries[0]!.extXdr, 'base64')
  expect(ext.toJson()).toMatchObject({ v1: { sponsoring_id: ana.id } })
  expect(await ended(ana.send(claim(balanceId)))).toBe('claimClaimableBalanceCannotClaim')
  expect(await ended(ben.send(claim(balanceId)))).toBe('txSuccess')
  expect(await ended(ben.send(claim(balanceId)))).toBe('claimClaimableBalanceDoesNotExist')
  expect((await account(ben)).balance).toBe(before.ben.balance + 100_000_000n - 2n * FEE)
  expect((await account(ana)).sponsoring).toBe(0)
  const address = addressOf(balanceId)
  expect(address).toMatch(/^B/)
  expect(await events(Asset.native(), start)).toEqual([
    ['transfer', ana.id, address, 'native', 100_000_000n],
    ['transfer', address, ben.id, 'native', 100_000_000n],
  ])
})

async function net_(method: string, params: object) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const answer = (await (await fetch(net.rpcUrl, { method: 'POST', body })).json()) as {
    result: { entries: { extXdr: string }[] }
  }
  return answer.result
}

test('an issued asset needs lines on both sides, with authorization and room', async () => {
  const start = net.ledger().sequence + 1
  expect(await ended(ben.send(give('1', usd, [new Claimant(ana.id)])))).toBe('createClaimableBalanceNoTrust')
  expect(await ended(ana.send(give('51', usd)))).toBe('createClaimableBalanceUnderfunded')
  const balanceId = await made(ana, give('20', usd))
  expect((await ana.server.getTrustline(ana.id, usd)).balance).toBe(300_000_000n)
  expect(await ended(ben.send(claim(balanceId)))).toBe('claimClaimableBalanceNoTrust')
  await ben.send(Operation.changeTrust({ asset: usd, limit: '19' }))
  expect(await ended(ben.send(claim(balanceId)))).toBe('claimClaimableBalanceLineFull')
  await ben.send(Operation.changeTrust({ asset: usd, limit: '100' }))
  await issuer.send(Operation.setOptions({ setFlags: AuthRevocableFlag }))
  const authorize = (person: Person, authorized: boolean) =>
    issuer.send(Operation.setTrustLineFlags({ trustor: person.id, asset: usd, flags: { authorized } }))
  await authorize(ben, false)
  await authorize(ana, false)
  expect(await ended(ben.send(claim(balanceId)))).toBe('claimClaimableBalanceNotAuthorized')
  expect(await ended(ana.send(give('1', usd)))).toBe('createClaimableBalanceNotAuthorized')
  await authorize(ben, true)
  await authorize(ana, true)
  expect(await ended(ben.send(claim(balanceId)))).toBe('txSuccess')
  expect((await ben.server.getTrustline(ben.id, usd)).balance).toBe(200_000_000n)
  const name = `USDX:${issuer.id}`
  const moves = (await events(usd, start)).filter(([topic]) => topic !== 'set_authorized')
  expect(moves).toEqual([
    ['transfer', ana.id, addressOf(balanceId), name, 200_000_000n],
    ['transfer', addressOf(balanceId), ben.id, name, 200_000_000n],
  ])
})

test("an issuer's balance is minted, and what an issuer claims is burnt", async () => {
  const start = net.ledger().sequence + 1
  const out = await made(issuer, give('3', usd))
  const back = await made(ana, give('4', usd, [new Claimant(issuer.id)]))
  await issuer.send(claim(back))
  const name = `USDX:${issuer.id}`
  expect(await events(usd, start)).toEqual([
    ['mint', addressOf(out), name, 30_000_000n],
    ['transfer', ana.id, addressOf(back), name, 40_000_000n],
    ['burn', addressOf(back), name, 40_000_000n],
  ])
})

test('conditions hold by the clock of the ledger that claims', async () => {
  const hour = Claimant.predicateBeforeRelativeTime('3600')
  const late = Claimant.predicateNot(hour)
  const either = [new Claimant(ben.id, hour), new Claimant(ana.id, late)]
  const [early, kept] = [
    await made(ana, give('1', Asset.native(), either)),
    await made(ana, give('1', Asset.native(), either)),
  ]
  const [first] = (await ana.server.getClaimableBalance(early)).claimants
  expect(first!.toJson()).toMatchObject({
    claimant_type_v0: { predicate: { before_absolute_time: expect.stringMatching(/^\d{10}$/) } },
  })
  expect(await ended(ana.send(claim(early)))).toBe('claimClaimableBalanceCannotClaim')
  expect(await ended(ben.send(claim(early)))).toBe('txSuccess')
  await net.warp(3_600)
  expect(await ended(ben.send(claim(kept)))).toBe('claimClaimableBalanceCannotClaim')
  expect(await ended(ana.send(claim(kept)))).toBe('txSuccess')
  const never = Claimant.predicateAnd(Claimant.predicateUnconditional(), Claimant.predicateBeforeAbsoluteTime('5'))
  const locked = await made(ana, give('1', Asset.native(), [new Claimant(ben.id, never)]))
  expect(await ended(ben.send(claim(locked)))).toBe('claimClaimableBalanceCannotClaim')
  const any = Claimant.predicateOr(never, Claimant.predicateUnconditional())
  const open = await made(ana, give('1', Asset.native(), [new Claimant(ben.id, any)]))
  expect(await ended(ben.send(claim(open)))).toBe('txSuccess')
})

test('what makes no sense is malformed: nobody, somebody twice, deep or half conditions, times below zero', async () => {
  const nested = (depth: number): xdr.ClaimPredicate =>
    depth === 1 ? Claimant.predicateUnconditional() : Claimant.predicateNot(nested(depth - 1))
  const tried = (predicate: xdr.ClaimPredicate) =>
    ended(ana.send(give('1', Asset.native(), [new Claimant(ben.id, predicate)])))
  expect(await tried(nested(4))).toBe('txSuccess')
  const MALFORMED = 'createClaimableBalanceMalformed'
  expect(await tried(nested(5))).toBe(MALFORMED)
  expect(await tried(xdr.ClaimPredicate.claimPredicateAnd([nested(1)]))).toBe(MALFORMED)
  expect(await tried(xdr.ClaimPredicate.claimPredicateNot(null))).toBe(MALFORMED)
  expect(await tried(Claimant.predicateBeforeRelativeTime('-1'))).toBe(MALFORMED)
  expect(await tried(Claimant.predicateBeforeAbsoluteTime('-1'))).toBe(MALFORMED)
  expect(await ended(ana.send(give('1', Asset.native(), [new Claimant(ben.id), new Claimant(ben.id)])))).toBe(MALFORMED)
})

test('each claimant costs a reserve, and who carries one cannot leave', async () => {
  const poor = new Person(net, Keypair.random())
  await ana.send(Operation.createAccount({ destination: poor.id, startingBalance: '3' }))
  const claimants = Array.from({ length: 5 }, () => new Claimant(Keypair.random().publicKey()))
  // 3 XLM less 1 of its own, 0.5 for each claimant, and the fee.
  expect(await ended(poor.send(give('0.1', Asset.native(), claimants)))).toBe('createClaimableBalanceLowReserve')
  const balanceId = await made(poor, give('0.1', Asset.native(), [...claimants.slice(1, 3), new Claimant(ana.id)]))
  expect(await account(poor)).toMatchObject({ sponsoring: 3 })
  const merge = Operation.accountMerge({ destination: ana.id })
  expect(await ended(poor.send(merge))).toBe('accountMergeIsSponsor')
  const free = (await account(poor)).balance - 2n * RESERVE - 3n * RESERVE
  const pay = (stroops: bigint) =>
    Operation.payment({ destination: ana.id, asset: Asset.native(), amount: (Number(stroops) / 1e7).toFixed(7) })
  expect(await ended(poor.send(pay(free)))).toBe('paymentUnderfunded')
  expect(await ended(poor.send(pay(free - 2n * FEE)))).toBe('txSuccess')
  await ana.send(claim(balanceId))
  expect(await ended(poor.send(merge))).toBe('txSuccess')
})

test('an issuer that may claw back takes unclaimed balances back, and no others', async () => {
  const bank = await Person.create(net)
  const claw = new Asset('CLAW', bank.id)
  await bank.send(Operation.setOptions({ setFlags: (AuthRevocableFlag | AuthClawbackEnabledFlag) as never }))
  await ana.send(Operation.changeTrust({ asset: claw }))
  await bank.send(Operation.payment({ destination: ana.id, asset: claw, amount: '9' }))
  const start = net.ledger().sequence + 1
  const taken = await made(ana, give('4', claw))
  const own = await made(bank, give('4', claw))
  const clawback = (balanceId: string) => Operation.clawbackClaimableBalance({ balanceId })
  expect(await ended(ana.send(clawback(taken)))).toBe('clawbackClaimableBalanceNotIssuer')
  expect(await ended(bank.send(clawback(await made(ana))))).toBe('clawbackClaimableBalanceNotIssuer')
  const sponsoring = (await account(ana)).sponsoring
  expect(await ended(bank.send(clawback(taken)))).toBe('txSuccess')
  expect((await account(ana)).sponsoring).toBe(sponsoring - 1)
  expect(await ended(bank.send(clawback(own)))).toBe('txSuccess')
  expect(await ended(bank.send(clawback(taken)))).toBe('clawbackClaimableBalanceDoesNotExist')
  const plain = await made(ana, give('1', usd))
  expect(await ended(issuer.send(clawback(plain)))).toBe('clawbackClaimableBalanceNotClawbackEnabled')
  expect((await events(claw, start)).slice(-2)).toEqual([
    ['clawback', addressOf(taken), `CLAW:${bank.id}`, 40_000_000n],
    ['clawback', addressOf(own), `CLAW:${bank.id}`, 40_000_000n],
  ])
})

test('several in one transaction, also one that somebody else pays for, have ids of their own', async () => {
  const other = await Person.create(net)
  const op = Operation.createClaimableBalance({
    source: other.id,
    asset: Asset.native(),
    amount: '2',
    claimants: [new Claimant(ben.id)],
  })
  const tx = await ana.build([give('1'), op])
  const foreseen = [tx.getClaimableBalanceId(0), tx.getClaimableBalanceId(1)]
  tx.sign(ana.key, other.key)
  const outer = TransactionBuilder.buildFeeBumpTransaction(ben.key, '20000', tx as Transaction, net.passphrase)
  outer.sign(ben.key)
  const { hash: sent } = await ana.server.sendTransaction(outer)
  expect((await ana.server.getTransaction(sent)).status).toBe('SUCCESS')
  const [one, two] = await Promise.all(foreseen.map((id) => ana.server.getClaimableBalance(id)))
  expect([one!.amount, two!.amount]).toEqual([10_000_000n, 20_000_000n])
  expect((await account(other)).sponsoring).toBe(1)
})

test('a claim tells the sub-account that it was made for', async () => {
  const balanceId = await made(ana)
  const start = net.ledger().sequence + 1
  const sub = new MuxedAccount(await ben.server.getAccount(ben.id), '77')
  const tx = new TransactionBuilder(sub, { fee: '100', networkPassphrase: net.passphrase })
    .addOperation(claim(balanceId))
    .setTimeout(300)
    .build()
  await ben.submit(tx)
  const [transfer] = await events(Asset.native(), start)
  expect(transfer!.at(-1)).toEqual({ amount: 100_000_000n, to_muxed_id: 77n })
})
