/** Issued assets and accounts: what classic operations do, how an issuer freezes a holder, and the asset's own contract. */
import { Asset, type Contract, scValToNative } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { address, i128, Keypair, Operation, Person, Refused, resultCode } from './kit.ts'

let net: Devnet
let issuer: Person
let ana: Person
let ben: Person
let usd: Asset

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ;[issuer, ana, ben] = await Promise.all([Person.create(net), Person.create(net), Person.create(net)])
  usd = new Asset('USDX', issuer.id)
})
afterAll(() => net.close())

async function ended(sent: Promise<{ resultXdr: Parameters<typeof resultCode>[0] }>): Promise<string> {
  return sent.then(
    ({ resultXdr }) => resultCode(resultXdr),
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  )
}
const pay = (to: Person, amount: string, asset = usd) => Operation.payment({ destination: to.id, asset, amount })
const held = async (person: Person) => (await person.server.getTrustline(person.id, usd)).balance

test('an asset needs a line to be received, and lines have limits', async () => {
  expect(await ended(issuer.send(pay(ana, '5')))).toBe('paymentNoTrust')
  expect(await ended(ana.send(Operation.changeTrust({ asset: usd, limit: '100' })))).toBe('txSuccess')
  expect(await ended(issuer.send(pay(ana, '60')))).toBe('txSuccess')
  expect(await ended(issuer.send(pay(ana, '60')))).toBe('paymentLineFull')
  expect(await ended(ana.send(pay(ben, '1')))).toBe('paymentNoTrust')
  expect(await ended(ana.send(Operation.changeTrust({ asset: usd, limit: '0' })))).toBe('changeTrustInvalidLimit')
  expect(await ended(ana.send(pay(issuer, '61')))).toBe('paymentUnderfunded')
  expect(await ended(ana.send(pay(issuer, '10')))).toBe('txSuccess')
  expect(await held(ana)).toBe(500_000_000n)
})

test("the asset's contract moves the same balances, and fails without a line", async () => {
  const contract = await issuer.wrap(usd)
  await ana.invoke(contract.call('transfer', address(ana.id), address(issuer.id), i128(100_000_000n)))
  expect(await held(ana)).toBe(400_000_000n)
  await expect(issuer.prepare(contract.call('mint', address(ben.id), i128(5n)))).rejects.toThrow('Error(Contract, #13)')
  await ben.send(Operation.changeTrust({ asset: usd }))
  await issuer.invoke(contract.call('mint', address(ben.id), i128(5n)))
  expect(await held(ben)).toBe(5n)
})

test('payments and fees are told as events of the asset contract', async () => {
  const start = net.ledger().sequence + 1
  await ana.send(pay(ben, '1'))
  await issuer.send(pay(ben, '2'))
  await ben.send(pay(issuer, '3'))
  const contractIds = [usd.contractId(net.passphrase)]
  const { events } = await ana.server.getEvents({ startLedger: start, filters: [{ contractIds }] })
  const name = `USDX:${issuer.id}`
  expect(events.map((event) => [...event.topic.map(scValToNative), scValToNative(event.value)])).toEqual([
    ['transfer', ana.id, ben.id, name, 10_000_000n],
    ['mint', ben.id, name, 20_000_000n],
    ['burn', ben.id, name, 30_000_000n],
  ])
})

test('an issuer freezes a holder, whose payments fail in the contract as well, and thaws it', async () => {
  const contract = usd.contractId(net.passphrase)
  const frozen = { authorized: false }
  const set = (flags: object) => issuer.send(Operation.setTrustLineFlags({ trustor: ana.id, asset: usd, flags }))
  expect(await ended(set(frozen))).toBe('setTrustLineFlagsCantRevoke')
  const AUTH_REVOCABLE = 2
  await issuer.send(Operation.setOptions({ setFlags: AUTH_REVOCABLE }))
  expect(await ended(set(frozen))).toBe('txSuccess')
  expect(await ended(ana.send(pay(ben, '1')))).toBe('paymentSrcNotAuthorized')
  expect(await ended(ben.send(pay(ana, '1')))).toBe('paymentNotAuthorized')
  const { Contract: ContractOf } = await import('@stellar/stellar-sdk')
  const call = new ContractOf(contract).call('transfer', address(ana.id), address(ben.id), i128(1n))
  await expect(ana.prepare(call)).rejects.toThrow('Error(Contract, #11)')
  expect(await ended(set({ authorized: true }))).toBe('txSuccess')
  expect(await ended(ana.send(pay(ben, '1')))).toBe('txSuccess')
})

test('an asset that says so from the start can be clawed back', async () => {
  const bank = await Person.create(net)
  const claw = new Asset('CLAW', bank.id)
  const REVOCABLE_AND_CLAWBACK = 2 | 8
  await bank.send(Operation.setOptions({ setFlags: REVOCABLE_AND_CLAWBACK as never }))
  await ana.send(Operation.changeTrust({ asset: claw }))
  await bank.send(pay(ana, '9', claw))
  expect(await ended(bank.send(Operation.clawback({ asset: claw, from: ana.id, amount: '4' })))).toBe('txSuccess')
  expect((await ana.server.getTrustline(ana.id, claw)).balance).toBe(50_000_000n)
  expect(await ended(issuer.send(Operation.clawback({ asset: usd, from: ana.id, amount: '1' })))).toBe(
    'clawbackNotClawbackEnabled',
  )
})

test('an account merges into another once nothing hangs on it', async () => {
  const carl = await Person.create(net)
  const entry = (value: string | null) => Operation.manageData({ name: 'note', value })
  await carl.send(entry('kept'))
  const merge = Operation.accountMerge({ destination: ben.id })
  expect(await ended(carl.send(merge))).toBe('accountMergeHasSubEntries')
  expect(await ended(carl.send(entry(null)))).toBe('txSuccess')
  const before = await ben.balance()
  const left = await carl.balance()
  expect(await ended(carl.send(merge))).toBe('txSuccess')
  expect(await ben.balance()).toBe(before + left - 100n)
  await expect(carl.server.getAccount(carl.id)).rejects.toThrow('not found')
})

test('a sequence number can be bumped, an account needs its reserve, and a failing operation undoes the others', async () => {
  const dora = await Person.create(net)
  const { sequence } = { sequence: BigInt((await dora.server.getAccount(dora.id)).sequenceNumber()) }
  await dora.send(Operation.bumpSequence({ bumpTo: String(sequence + 100n) }))
  expect(BigInt((await dora.server.getAccount(dora.id)).sequenceNumber())).toBe(sequence + 100n)
  const fresh = Keypair.random().publicKey()
  const create = (startingBalance: string) => Operation.createAccount({ destination: fresh, startingBalance })
  expect(await ended(dora.send(create('0.5')))).toBe('createAccountLowReserve')
  const before = await dora.balance()
  expect(await ended(dora.send(create('5'), pay(ben, '1')))).toBe('paymentSrcNoTrust')
  expect(await dora.balance()).toBe(before - 200n)
  await expect(dora.server.getAccount(fresh)).rejects.toThrow('not found')
  expect(await ended(dora.send(create('5'), create('5')))).toBe('createAccountAlreadyExist')
})

test('a native transfer in a contract creates a missing account from 1 XLM up', async () => {
  const contract = (await ana.wrap(Asset.native()).catch(() => undefined)) as Contract | undefined
  const native = contract!
  const send = (amount: bigint, to: string) =>
    ana.invoke(native.call('transfer', address(ana.id), address(to), i128(amount)))
  const fresh = Keypair.random().publicKey()
  await expect(send(9_999_999n, fresh)).rejects.toThrow('Contract')
  expect((await send(10_000_000n, fresh)).status).toBe('SUCCESS')
  expect((await ana.server.getAccountEntry(fresh)).balance).toBe(10_000_000n)
})
