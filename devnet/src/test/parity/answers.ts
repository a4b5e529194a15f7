/**
 * One answer of every kind that the server gives, in both formats, for `../../../parity/forms` to hold against the types
 * that the official server is written with: `node answers.ts > ANSWERS.json`.
 */
import { Asset, TransactionBuilder, type xdr } from '@stellar/stellar-sdk'
import { startDevnet } from '../../devnet.ts'
import { address, i128, Operation, Person, sorobanData, u32 } from '../kit.ts'

const net = await startDevnet({ interval: 'auto' })
const answers: { name: string; method: string; result: unknown }[] = []

async function ask(name: string, method: string, params: object = {}): Promise<Record<string, unknown>> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const { result, error } = (await (await fetch(net.rpcUrl, { method: 'POST', body })).json()) as Record<string, never>
  if (error) throw new Error(`${name}: ${JSON.stringify(error)}`)
  answers.push({ name, method, result })
  return result!
}

async function both(name: string, method: string, params: object = {}): Promise<Record<string, unknown>> {
  await ask(`${name}, as JSON`, method, { ...params, xdrFormat: 'json' })
  return ask(name, method, params)
}

const ana = await Person.create(net)
const ben = await Person.create(net)
const probe = await ana.deployProbe()
const native = await ana.wrap(Asset.native())
const transfer = native.call('transfer', address(ben.id), address(ana.id), i128(1n))
const pay = (amount: string) => Operation.payment({ destination: ben.id, asset: Asset.native(), amount })
const bumpSequence = Operation.bumpSequence({ bumpTo: '0' })

const simulate = async (name: string, op: xdr.Operation, more: object = {}) =>
  both(name, 'simulateTransaction', { transaction: (await ana.build([op])).toXdr(), ...more })

const called = await ana.invoke(probe.call('emit', u32(2), u32(5)))
const failing = await ana.submit(
  await ana.prepare(probe.call('emit', u32(1), u32(10)), (data) => data.setResources(1_000, 0, 0)),
)
const paid = await ana.send(pay('1'), bumpSequence)
const unpaid = await ana.send(pay('99999999'))
const inner = await ana.build([bumpSequence])
inner.sign(ana.key)
const bump = TransactionBuilder.buildFeeBumpTransaction(ben.key, '20000', inner, net.passphrase)
bump.sign(ben.key)
const bumped = await ask('a fee bump sent', 'sendTransaction', { transaction: bump.toXdr() })

for (const method of ['getHealth', 'getNetwork', 'getVersionInfo', 'getLatestLedger', 'getFeeStats']) {
  await both(method, method)
}
await both('ledgers', 'getLedgers', { startLedger: 1 })
const touched = sorobanData(await ana.prepare(native.call('transfer', address(ana.id), address(ben.id), i128(1n))))
const keys = [probe.getFootprint(), ...touched.resources.footprint.readWrite].map((key) => key.toXdr('base64'))
await both('entries', 'getLedgerEntries', { keys })
await both('no entries', 'getLedgerEntries', { keys: [] })
const hashes = { called, failing, paid, unpaid }
for (const [name, { txHash }] of Object.entries(hashes)) await both(name, 'getTransaction', { hash: txHash })
await both('bumped', 'getTransaction', { hash: bumped.hash })
await both('unknown', 'getTransaction', { hash: '00'.repeat(32) })
await both('transactions', 'getTransactions', { startLedger: 1, pagination: { limit: 100 } })
await both('events', 'getEvents', { startLedger: 1 })
await both('no events', 'getEvents', { startLedger: 1, filters: [{ type: 'system' }] })
await simulate('a reading call', probe.call('label'))
await simulate('a writing call', probe.call('write', u32(1), u32(2), u32(5)))
await simulate('a failing call', probe.call('fail'))
await simulate('a call that somebody must agree to', transfer)
await simulate('a call that nobody agreed to', transfer, { authMode: 'enforce' })
await ana.invoke(probe.call('write', u32(1), u32(2), u32(5)))
await simulate('a changing call', probe.call('write', u32(1), u32(1), u32(6)))
await simulate('a removing call', probe.call('forget', u32(1)))
await simulate('no call', bumpSequence)
await both('no transaction', 'simulateTransaction', { transaction: 'AAAA' })
const unsigned = await ana.build([bumpSequence])
await both('unsigned', 'sendTransaction', { transaction: unsigned.toXdr() })
unsigned.sign(ana.key)
await ask('sent', 'sendTransaction', { transaction: unsigned.toXdr() })
await both('sent again', 'sendTransaction', { transaction: unsigned.toXdr() })
await net.warp(0, 2_073_601)
await simulate('a call that restores', probe.call('label'))
await net.close()
process.stdout.write(JSON.stringify(answers))
