/** Lifetimes: temporary entries vanish, persistent ones are archived and come back, rent is paid. */
import { type Contract, SorobanDataBuilder, scValToNative, TransactionBuilder, xdr } from '@stellar/stellar-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { Operation, Person, resultCode, sorobanData, u32 } from './kit.ts'

/** The public network's shortest lifetimes, in ledgers. */
const TEMPORARY = 17_280
const PERSISTENT = 2_073_600

let net: Devnet
let ana: Person
let probe: Contract

beforeEach(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  probe = await ana.deployProbe()
})
afterEach(() => net.close())

async function value(op: ReturnType<Contract['call']>): Promise<unknown> {
  const simulated = await ana.server.simulateTransaction(await ana.build([op]))
  if (!('result' in simulated) || !simulated.result)
    throw new Error('error' in simulated ? simulated.error : 'no result')
  return scValToNative(simulated.result.retval)
}

test('a temporary entry vanishes when its time is over', async () => {
  await ana.invoke(probe.call('brief', u32(1), u32(5)))
  await net.warp(0, TEMPORARY - 2)
  expect(await value(probe.call('get_brief', u32(1)))).toBe(5)
  await net.warp(0, 2)
  expect(await value(probe.call('get_brief', u32(1)))).toBeNull()
})

test('an archived entry stops a call that does not restore it, and comes back with one that simulation made', async () => {
  await ana.invoke(probe.call('write', u32(0), u32(1), u32(40)))
  const before = await ana.prepare(probe.call('cell', u32(0)))
  await net.warp(0, PERSISTENT)
  const stale = await ana.prepare(probe.call('cell', u32(0)))
  const { readOnly, readWrite } = sorobanData(before).resources.footprint
  expect(resultCode((await ana.submit(rebuild(stale, readOnly, readWrite))).resultXdr)).toBe(
    'invokeHostFunctionEntryArchived',
  )
  const fresh = await ana.prepare(probe.call('cell', u32(0)))
  expect(sorobanData(fresh).ext.type).toBe('resourceExt')
  const done = await ana.submit(fresh)
  expect(done.status === 'SUCCESS' && scValToNative(done.returnValue!)).toEqual(new Uint8Array(40).fill(7))
  expect(net.costs(done.txHash)!.rentFee).toBeGreaterThan(0)
  expect(sorobanData(await ana.prepare(probe.call('cell', u32(0)))).ext.type).toBe('v0')
})

/** The same call without restoring anything. */
function rebuild(
  tx: Awaited<ReturnType<Person['build']>>,
  readOnly: readonly xdr.LedgerKey[],
  readWrite: readonly xdr.LedgerKey[],
) {
  const data = new SorobanDataBuilder()
    .setFootprint([...readOnly], [...readWrite])
    .setResources(50_000_000, 100_000, 100_000)
    .setResourceFee(50_000_000)
  return TransactionBuilder.cloneFrom(tx, { fee: '60000000', networkPassphrase: tx.networkPassphrase })
    .setSorobanData(data.build())
    .build()
}

const keyOf = (number: number) =>
  xdr.LedgerKey.contractData(
    new xdr.LedgerKeyContractData({
      contract: probe.address().toScAddress(),
      key: xdr.ScVal.scvVec([xdr.ScVal.scvSymbol('Cell'), u32(number)]),
      durability: xdr.ContractDataDurability.persistent,
    }),
  )

async function liveUntil(number: number): Promise<number | undefined> {
  const { entries } = await ana.server.getLedgerEntries(keyOf(number))
  return entries[0]?.liveUntilLedgerSeq
}

/** An operation on the lifetime of an entry, simulated and sent. */
async function lifetime(op: Parameters<Person['build']>[0][number], data: SorobanDataBuilder) {
  const bare = await ana.build([op])
  const tx = TransactionBuilder.cloneFrom(bare, { fee: bare.fee, networkPassphrase: net.passphrase })
    .setSorobanData(data.build())
    .build()
  return ana.submit(await ana.server.prepareTransaction(tx))
}

test('a lifetime is extended for rent', async () => {
  await ana.invoke(probe.call('write', u32(0), u32(1), u32(40)))
  const until = (await liveUntil(0))!
  expect(until).toBe(net.ledger().sequence + PERSISTENT - 1)
  await net.warp(0, 1_000)
  const op = Operation.extendFootprintTtl({ extendTo: PERSISTENT })
  const done = await lifetime(op, new SorobanDataBuilder().setReadOnly([keyOf(0)]))
  expect(done.status).toBe('SUCCESS')
  expect(await liveUntil(0)).toBe(net.ledger().sequence + PERSISTENT)
  expect(net.costs(done.txHash)!.rentFee).toBeGreaterThan(0)
})

test('an archived entry is restored by its own operation', async () => {
  await ana.invoke(probe.call('write', u32(0), u32(1), u32(40)))
  await net.warp(0, PERSISTENT)
  expect((await liveUntil(0))!).toBeLessThan(net.ledger().sequence)
  const done = await lifetime(Operation.restoreFootprint({}), new SorobanDataBuilder().setReadWrite([keyOf(0)]))
  expect(done.status).toBe('SUCCESS')
  expect(await liveUntil(0)).toBe(net.ledger().sequence + PERSISTENT - 1)
})
