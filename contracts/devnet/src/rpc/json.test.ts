/** `xdrFormat: 'json'`, held against the SDK's own way from XDR to JSON. */
import { type Contract, rpc, xdr } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { Person, u32 } from '../test/kit.ts'

let net: Devnet
let ana: Person
let probe: Contract

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  probe = await ana.deployProbe()
})
afterAll(() => net.close())

// biome-ignore lint/suspicious/noExplicitAny: an answer as it came
async function ask(method: string, params: object): Promise<any> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const { result, error } = (await (await fetch(net.rpcUrl, { method: 'POST', body })).json()) as Record<string, object>
  return error ?? result
}

/** The answer in both formats. */
const both = async (method: string, params: object) =>
  [await ask(method, params), await ask(method, { ...params, xdrFormat: 'json' })] as const

test('a transaction: envelope, result, meta, events', async () => {
  const { txHash } = await ana.invoke(probe.call('emit', u32(2), u32(3)))
  const [plain, json] = await both('getTransaction', { hash: txHash })
  expect(json.envelopeJson).toEqual(xdr.TransactionEnvelope.fromXdr(plain.envelopeXdr, 'base64').toJson())
  expect(json.resultJson).toEqual(xdr.TransactionResult.fromXdr(plain.resultXdr, 'base64').toJson())
  expect(json.resultMetaJson).toEqual(xdr.TransactionMeta.fromXdr(plain.resultMetaXdr, 'base64').toJson())
  const contractEvents: string[][] = plain.events.contractEventsXdr
  expect(json.events.contractEventsJson).toEqual(
    contractEvents.map((events) => events.map((event) => xdr.ContractEvent.fromXdr(event, 'base64').toJson())),
  )
  const transactionEvents: string[] = plain.events.transactionEventsXdr
  expect(json.events.transactionEventsJson).toEqual(
    transactionEvents.map((event) => xdr.TransactionEvent.fromXdr(event, 'base64').toJson()),
  )
  expect(json).not.toHaveProperty('envelopeXdr')
  expect(json).toMatchObject({ status: 'SUCCESS', txHash, ledger: plain.ledger })
  const page = await ask('getTransactions', { startLedger: plain.ledger, xdrFormat: 'json' })
  expect(page.transactions[0].envelopeJson).toEqual(json.envelopeJson)
})

test('ledgers and events', async () => {
  const { ledger } = await ana.invoke(probe.call('emit', u32(1), u32(1)))
  const [plain, json] = await both('getLedgers', { startLedger: ledger })
  const [row] = plain.ledgers
  expect(json.ledgers[0].metadataJson).toEqual(xdr.LedgerCloseMeta.fromXdr(row.metadataXdr, 'base64').toJson())
  expect(json.ledgers[0].headerJson).toEqual(xdr.LedgerHeaderHistoryEntry.fromXdr(row.headerXdr, 'base64').toJson())
  const [events, eventsJson] = await both('getEvents', { startLedger: ledger })
  expect(eventsJson.events).toHaveLength(events.events.length)
  for (const [index, event] of events.events.entries()) {
    const topics: string[] = event.topic
    expect(eventsJson.events[index]).toMatchObject({
      id: event.id,
      topicJson: topics.map((topic) => xdr.ScVal.fromXdr(topic, 'base64').toJson()),
      valueJson: xdr.ScVal.fromXdr(event.value, 'base64').toJson(),
    })
  }
})

test('entries, simulations, refusals', async () => {
  const key = probe.getFootprint()
  const [entries, entriesJson] = await both('getLedgerEntries', { keys: [key.toXdr('base64')] })
  expect(entriesJson.entries[0]).toMatchObject({
    keyJson: key.toJson(),
    dataJson: xdr.LedgerEntryData.fromXdr(entries.entries[0].xdr, 'base64').toJson(),
    extJson: 'v0',
  })
  const tx = await ana.build([probe.call('write', u32(0), u32(1), u32(8))])
  const [simulated, simulatedJson] = await both('simulateTransaction', { transaction: tx.toXdr() })
  expect(rpc.Api.isSimulationSuccess(rpc.parseRawSimulation(simulated))).toBe(true)
  const data = xdr.SorobanTransactionData.fromXdr(simulated.transactionData, 'base64')
  expect(simulatedJson.transactionDataJson).toEqual(data.toJson())
  expect(simulatedJson.results[0].returnValueJson).toBe('void')
  expect(simulatedJson.stateChanges[0]).toMatchObject({ type: 'created', beforeJson: null })
  const unsigned = await ask('sendTransaction', { transaction: tx.toXdr(), xdrFormat: 'json' })
  expect(unsigned).toMatchObject({ status: 'ERROR', errorResultJson: { result: 'tx_malformed' } })
  expect(await ask('getTransaction', { hash: '00'.repeat(32), xdrFormat: 'hex' })).toEqual({
    code: -32602,
    message: "got 'hex': expected base64, json for optional 'xdrFormat'",
  })
})
