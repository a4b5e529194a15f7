/** Random operations, valid and damaged: no stroop is made or lost, every reserve is accounted for, and nothing brings the network down. */
import {
  Asset,
  AuthClawbackEnabledFlag,
  AuthRevocableFlag,
  Claimant,
  type Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { Account, hash, Keypair, Operation, Person } from './kit.ts'

const TOTAL = 10n ** 18n
const ROUNDS = 40
const DAMAGED = 600

let net: Devnet
let people: Person[]
let root: Person
let random = 2026

beforeAll(async () => {
  net = await startDevnet({ interval: 3600, now: () => 1_800_000_000 })
  root = new Person(net, Keypair.fromRawEd25519Seed(hash(net.passphrase)))
  people = Array.from({ length: 8 }, (_, index) => new Person(net, keyAt(index)))
  const create = people.map(({ id }) => Operation.createAccount({ destination: id, startingBalance: '100' }))
  await root.submit(await root.build(create, { timeout: 0 }))
})
afterAll(() => net.close())

const keyAt = (index: number) => Keypair.fromRawEd25519Seed(new Uint8Array(32).fill(index + 1))

/** The next of a fixed row of numbers below a bound. */
function below(bound: number): number {
  random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((random / 2_147_483_648) * bound)
}
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!

const balances = new Set<string>()
const asset = () => new Asset('COIN', people[0]!.id)
const amount = () => (below(300) / 10 + 0.1).toFixed(1)

/** Something that may or may not work for this person. */
function anything(person: Person) {
  const [other, third] = [pick(people), pick(people)]
  const claimants = [...new Set([other.id, third.id])].map((id) => new Claimant(id))
  const kind = pick([Asset.native(), asset()])
  const balanceId = pick([...balances, '0'.repeat(72)])
  return pick([
    () => Operation.payment({ destination: other.id, asset: kind, amount: amount() }),
    () => Operation.changeTrust({ asset: asset(), limit: pick(['0', '50', '1000']) }),
    () => Operation.createClaimableBalance({ asset: kind, amount: amount(), claimants }),
    () => Operation.createClaimableBalance({ asset: kind, amount: amount(), claimants: [new Claimant(person.id)] }),
    () => Operation.claimClaimableBalance({ balanceId }),
    () => Operation.claimClaimableBalance({ balanceId }),
    () => Operation.clawbackClaimableBalance({ balanceId }),
    () => Operation.clawback({ asset: asset(), from: other.id, amount: amount() }),
    () => Operation.manageData({ name: pick(['a', 'b', 'c']), value: pick(['x', null]) }),
    () => Operation.setOptions({ signer: { ed25519PublicKey: keyAt(200 + below(3)).publicKey(), weight: below(2) } }),
    () => Operation.accountMerge({ destination: other.id }),
    () => Operation.createAccount({ destination: other.id, startingBalance: '20' }),
    () => Operation.setOptions({ setFlags: (AuthRevocableFlag | AuthClawbackEnabledFlag) as never }),
  ])()
}

/** A transaction of one to three operations, or nothing while its sender does not exist. */
async function attempt(person: Person): Promise<Transaction | undefined> {
  const account = await person.server.getAccount(person.id).catch(() => undefined)
  if (!account) return undefined
  const ops = Array.from({ length: 1 + below(3) }, () => anything(person))
  const tx = await person.build(ops, { account, timeout: 0, fee: String(100 + below(5) * 100) })
  tx.sign(person.key)
  return tx
}

/** Sends, and fails only where the network itself did. */
async function send(tx: Transaction): Promise<string> {
  const { status, hash: id } = await root.server.sendTransaction(tx)
  return status === 'PENDING' ? id : ''
}

async function learn(ids: readonly string[]): Promise<number> {
  let succeeded = 0
  for (const id of ids) {
    const found = await root.server.getTransaction(id)
    if (found.status === 'NOT_FOUND') throw new Error('a transaction was lost')
    if (found.status === 'SUCCESS') succeeded++
    const { result } = found.resultXdr
    for (const one of result.type === 'txSuccess' ? result.value : []) {
      if (one.type !== 'opInner' || one.value.type !== 'createClaimableBalance') continue
      const created = one.value.value
      if (created.type === 'createClaimableBalanceSuccess') balances.add(created.value.toXdr('hex'))
    }
  }
  return succeeded
}

/** Everybody's XLM with what is set aside and the fees; and who carries how many reserves of balances. */
async function books() {
  const { server } = root
  const { headerXdr } = (await server.getLatestLedger()) as unknown as { headerXdr: xdr.LedgerHeader }
  let sum = BigInt(headerXdr.feePool)
  const sponsoring = new Map<string, number>()
  const carried = new Map<string, number>()
  for (const { id } of [root, ...people]) {
    const entry = await server.getAccountEntry(id).catch(() => undefined)
    if (!entry) continue
    sum += BigInt(entry.balance)
    const v1 = entry.ext.type === 'v1' ? entry.ext.value : undefined
    const v2 = v1?.ext.type === 'v2' ? v1.ext.value : undefined
    if (v2 && v2.numSponsoring > 0) sponsoring.set(id, v2.numSponsoring)
  }
  const ids = [...balances]
  const keys = ids.map((id) =>
    xdr.LedgerKey.claimableBalance(
      new xdr.LedgerKeyClaimableBalance({ balanceId: xdr.ClaimableBalanceId.fromXdr(id, 'hex') }),
    ).toXdr('base64'),
  )
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getLedgerEntries', params: { keys } })
  const { result } = (await (await fetch(net.rpcUrl, { method: 'POST', body })).json()) as {
    result: { entries: { key: string; xdr: string; extXdr: string }[] }
  }
  for (const found of result.entries) {
    const data = xdr.LedgerEntryData.fromXdr(found.xdr, 'base64')
    if (data.type !== 'claimableBalance') throw new Error('another entry')
    const ext = xdr.LedgerEntryExt.fromXdr(found.extXdr, 'base64').toJson() as { v1: { sponsoring_id: string } }
    const sponsor = ext.v1.sponsoring_id
    carried.set(sponsor, (carried.get(sponsor) ?? 0) + data.value.claimants.length)
    if (data.value.asset.type === 'assetTypeNative') sum += BigInt(data.value.amount)
  }
  return { sum, sponsoring, carried, open: result.entries.length }
}

test('XLM stays what it was, and each open balance has somebody who carries its reserve', async () => {
  let [succeeded, sent, most] = [0, 0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    const ids: string[] = []
    for (const person of people) {
      const tx = await attempt(person)
      const id = tx ? await send(tx) : ''
      if (id !== '') ids.push(id)
    }
    await net.closeLedger()
    sent += ids.length
    succeeded += await learn(ids)
    const { sum, sponsoring, carried, open } = await books()
    expect(sum, `ledger ${net.ledger().sequence}`).toBe(TOTAL)
    expect(sponsoring).toEqual(carried)
    most = Math.max(most, open)
  }
  // The stories were worth telling: many worked, many failed, and balances came and went.
  expect(succeeded).toBeGreaterThan(50)
  expect(sent - succeeded).toBeGreaterThan(25)
  expect(most).toBeGreaterThan(5)
})

test('signed transactions whose operations are damaged end as results, never as faults of the network', async () => {
  let [parsed, taken] = [0, 0]
  const sequence = (await root.server.getAccount(root.id)).sequenceNumber()
  const moment = await net.snapshot()
  for (let round = 0; round < DAMAGED; round++) {
    const tx = await root.build([anything(root), anything(root)], {
      account: new Account(root.id, sequence),
      timeout: 0,
    })
    const bytes = Buffer.from(tx.toXdr(), 'base64')
    // Behind type, sender, fee and sequence number.
    for (let damage = 0; damage <= below(3); damage++)
      bytes[52 + below(bytes.length - 56)] = pick([0, 1, 127, 128, 255])
    let broken: Transaction
    try {
      broken = TransactionBuilder.fromXdr(bytes.toString('base64'), net.passphrase) as Transaction
    } catch {
      continue
    }
    parsed++
    broken.sign(root.key)
    const { status, errorResult } = await root.server.sendTransaction(broken)
    if (status === 'ERROR') expect(errorResult?.result.type).not.toBe('txInternalError')
    if (status !== 'PENDING') continue
    taken++
    await net.closeLedger()
    const found = await root.server.getTransaction(Buffer.from(broken.hash()).toString('hex'))
    expect(found.status).not.toBe('NOT_FOUND')
    // Whatever became of the root account, it is there again for the next one.
    await net.restore(moment)
  }
  expect(parsed).toBeGreaterThan(DAMAGED / 10)
  expect(taken).toBeGreaterThan(DAMAGED / 50)
  expect((await root.server.getHealth()).status).toBe('healthy')
})
