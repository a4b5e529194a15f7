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

async function ask<T>(method: string, params: object): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const { result, error } = (await (await fetch(net.rpcUrl, { method: 'POST', body })).json()) as Record<string, T>
  return (error ?? result)!
}

/** The answer in both formats. */
const both = async <Plain, Json>(method: string, params: object) =>
  [await ask<Plain>(method, params), await ask<Json>(method, { ...params, xdrFormat: 'json' })] as const

interface PlainTransaction {
  ledger: number
  envelopeXdr: string
  resultXdr: string
  resultMetaXdr: string
  events: { contractEventsXdr: string[][]; transactionEventsXdr: string[] }
}
interface JsonTransaction {
  envelopeJson: unknown
  resultJson: unknown
  resultMetaJson: unknown
  events: { contractEventsJson: unknown; transactionEventsJson: unknown }
}

test('a transaction: envelope, result, meta, events', async () => {
  const { txHash } = await ana.invoke(probe.call('emit', u32(2), u32(3)))
  const [plain, json] = await both<PlainTransaction, JsonTransaction>('getTransaction', { hash: txHash })
  expect(json.envelopeJson).toEqual(xdr.TransactionEnvelope.fromXdr(plain.envelopeXdr, 'base64').toJson())
  expect(json.resultJson).toEqual(xdr.TransactionResult.fromXdr(plain.resultXdr, 'base64').toJson())
  expect(json.resultMetaJson).toEqual(xdr.TransactionMeta.fromXdr(plain.resultMetaXdr, 'base64').toJson())
  const { contractEventsXdr, transactionEventsXdr } = plain.events
  expect(json.events.contractEventsJson).toEqual(
    contractEventsXdr.map((events) => events.map((event) => xdr.ContractEvent.fromXdr(event, 'base64').toJson())),
  )
  expect(json.events.transactionEventsJson).toEqual(
    transactionEventsXdr.map((event) => xdr.TransactionEvent.fromXdr(event, 'base64').toJson()),
  )
  expect(json).not.toHaveProperty('envelopeXdr')
  expect(json).toMatchObject({ status: 'SUCCESS', txHash, ledger: plain.ledger })
  const page = await ask<{ transactions: JsonTransaction[] }>('getTransactions', {
    startLedger: plain.ledger,
    xdrFormat: 'json',
  })
  expect(page.transactions[0]!.envelopeJson).toEqual(json.envelopeJson)
})

test('ledgers and events', async () => {
  const { ledger } = await ana.invoke(probe.call('emit', u32(1), u32(1)))
  const [plain, json] = await both<
    { ledgers: { headerXdr: string; metadataXdr: string }[] },
    { ledgers: { headerJson: unknown; metadataJson: unknown }[] }
  >('getLedgers', { startLedger: ledger })
  const row = plain.ledgers[0]!
  expect(json.ledgers[0]!.metadataJson).toEqual(xdr.LedgerCloseMeta.fromXdr(row.metadataXdr, 'base64').toJson())
  expect(json.ledgers[0]!.headerJson).toEqual(xdr.LedgerHeaderHistoryEntry.fromXdr(row.headerXdr, 'base64').toJson())
  const [events, eventsJson] = await both<
    { events: { id: string; topic: string[]; value: string }[] },
    { events: object[] }
  >('getEvents', { startLedger: ledger })
  expect(eventsJson.events).toHaveLength(events.events.length)
  for (const [index, event] of events.events.entries()) {
    expect(eventsJson.events[index]).toMatchObject({
      id: event.id,
      topicJson: event.topic.map((topic) => xdr.ScVal.fromXdr(topic, 'base64').toJson()),
      valueJson: xdr.ScVal.fromXdr(event.value, 'base64').toJson(),
    })
  }
})

test('entries, simulations, refusals', async () => {
  const key = probe.getFootprint()
  const [entries, entriesJson] = await both<{ entries: { xdr: string }[] }, { entries: object[] }>('getLedgerEntries', {
    keys: [key.toXdr('base64')],
  })
  expect(entriesJson.entries[0]).toMatchObject({
    keyJson: key.toJson(),
    dataJson: xdr.LedgerEntryData.fromXdr(entries.entries[0]!.xdr, 'base64').toJson(),
    extJson: 'v0',
  })
  const tx = await ana.build([probe.call('write', u32(0), u32(1), u32(8))])
  const [simulated, simulatedJson] = await both<
    rpc.Api.RawSimulateTransactionResponse,
    { transactionDataJson: unknown; results: { returnValueJson: unknown }[]; stateChanges: object[] }
  >('simulateTransaction', { transaction: tx.toXdr() })
  expect(rpc.Api.isSimulationSuccess(rpc.parseRawSimulation(simulated))).toBe(true)
  const data = xdr.SorobanTransactionData.fromXdr(simulated.transactionData!, 'base64')
  expect(simulatedJson.transactionDataJson).toEqual(data.toJson())
  expect(simulatedJson.results[0]!.returnValueJson).toBe('void')
  expect(simulatedJson.stateChanges[0]).toMatchObject({ type: 'created', before: null, after: null })
  expect(simulatedJson.stateChanges[0]).not.toHaveProperty('beforeJson')
  const unsigned = await ask('sendTransaction', { transaction: tx.toXdr(), xdrFormat: 'json' })
  expect(unsigned).toMatchObject({ status: 'ERROR', errorResultJson: { result: 'tx_malformed' } })
  expect(await ask('getTransaction', { hash: '00'.repeat(32), xdrFormat: 'hex' })).toEqual({
    code: -32602,
    message: "got 'hex': expected base64, json for optional 'xdrFormat'",
  })
})
