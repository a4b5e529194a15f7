/** A data lake of a local network over HTTP: ledgers as Galexie would write them, made of what the network's RPC says of its events. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { zstdCompressSync } from 'node:zlib'
import { StrKey, xdr } from '@stellar/stellar-sdk/base'
import { createRpc, type RawEvent } from '@stellartrain/contracts-client'
import { batchOf, CONFIG_FILE, type LakeSchema, pathOf } from '../source/lake/schema.ts'

export type TestLake = {
  url: string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** By path. */
  readonly files: Map<string, Uint8Array>
  close(): Promise<void>
}

type LakeOfOptions = { rpcUrl: string; network: string; from: number; to: number; schema: LakeSchema }

export async function startLakeOf({ rpcUrl, network, from, to, schema }: LakeOfOptions): Promise<TestLake> {
  const events = Map.groupBy(await allEvents(rpcUrl, from, to), ({ ledger }) => ledger)
  const files = new Map<string, Uint8Array>()
  const config = { networkPassphrase: network, version: 'v23.0.0', compression: 'zstd', ...schema }
  files.set(CONFIG_FILE, Buffer.from(JSON.stringify(config)))
  for (let begin = batchOf(schema, from).from; begin <= to; begin += schema.ledgersPerBatch) {
    const end = batchOf(schema, begin).to
    const ledgers = Array.from({ length: end - begin + 1 }, (_, index) => begin + index)
    const batch = new xdr.LedgerCloseMetaBatch({
      startSequence: begin,
      endSequence: end,
      ledgerCloseMetas: ledgers.map((sequence) => closed(sequence, events.get(sequence) ?? [])),
    })
    files.set(pathOf(schema, begin), zstdCompressSync(batch.toXdr()))
  }
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    asked.push(path)
    const file = files.get(path)
    response.writeHead(file ? 200 : 404).end(request.method === 'HEAD' ? undefined : file)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    files,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((done) => server.close(() => done()))
    },
  }
}

/** Of all contracts. */
async function allEvents(rpcUrl: string, from: number, to: number): Promise<RawEvent[]> {
  const rpc = createRpc(rpcUrl)
  const found: RawEvent[] = []
  for (let page: object = { startLedger: from, endLedger: to + 1, pagination: { limit: 1_000 } }; ; ) {
    const filters = [{ type: 'contract' }]
    const { events, cursor } = await rpc.request<{ events: RawEvent[]; cursor: string }>('getEvents', {
      ...page,
      filters,
    })
    found.push(...events.filter(({ ledger }) => ledger <= to))
    if (events.length < 1_000) return found
    page = { pagination: { limit: 1_000, cursor } }
  }
}

const HASH = new Uint8Array(32)
const hash = (bytes: Uint8Array = HASH) => xdr.Hash.fromXdr(bytes)
const nothing = () => xdr.ExtensionPoint.v0()

function closed(sequence: number, events: readonly RawEvent[]): xdr.LedgerCloseMeta {
  const seconds = events[0] ? Date.parse(events[0].ledgerClosedAt) / 1_000 : 1
  const header = new xdr.LedgerHeader({
    ...{ ledgerVersion: 23, previousLedgerHash: hash(), txSetResultHash: hash(), bucketListHash: hash() },
    scpValue: new xdr.StellarValue({
      ...{ txSetHash: hash(), closeTime: BigInt(seconds), upgrades: [], ext: xdr.StellarValueExt.stellarValueBasic() },
    }),
    ...{ ledgerSeq: sequence, totalCoins: 0n, feePool: 0n, inflationSeq: 0, idPool: 0n, baseFee: 100 },
    ...{ baseReserve: 5_000_000, maxTxSetSize: 100, skipList: [hash(), hash(), hash(), hash()] },
    ext: xdr.LedgerHeaderExt.v0(),
  })
  return xdr.LedgerCloseMeta.v2(
    new xdr.LedgerCloseMetaV2({
      ext: xdr.LedgerCloseMetaExt.v0(),
      ledgerHeader: new xdr.LedgerHeaderHistoryEntry({
        hash: hash(),
        header,
        ext: xdr.LedgerHeaderHistoryEntryExt.v0(),
      }),
      txSet: xdr.GeneralizedTransactionSet.v1TxSet(
        new xdr.TransactionSetV1({ previousLedgerHash: hash(), phases: [] }),
      ),
      txProcessing: transactions(events),
      ...{ upgradesProcessing: [], scpInfo: [], totalByteSizeOfLiveSorobanState: 0n, evictedKeys: [] },
    }),
  )
}

/** Events of fees are of no operation: their ids name places that no transaction and no operation has. */
const [NO_TRANSACTION, NO_OPERATION] = [0xf_ffff, 0xfff]

/** As many as the ids of the events count, those without any event failed. */
function transactions(events: readonly RawEvent[]): xdr.TransactionResultMetaV1[] {
  const all = events.map((event) => {
    const order = BigInt(event.id.slice(0, 19))
    return {
      event,
      transaction: Number((order >> 12n) & 0xf_ffffn),
      operation: Number(order & 0xfffn),
      index: Number(event.id.slice(20)),
    }
  })
  const placed = all.filter(
    ({ transaction, operation }) => transaction !== 0 && transaction !== NO_TRANSACTION && operation !== NO_OPERATION,
  )
  const count = Math.max(0, ...placed.map(({ transaction }) => transaction))
  return Array.from({ length: count }, (_, at) => {
    const own = placed.filter(({ transaction }) => transaction === at + 1)
    const operations = Math.max(0, ...own.map(({ operation }) => operation + 1))
    const meta = new xdr.TransactionMetaV4({
      ...{ ext: nothing(), txChangesBefore: [], txChangesAfter: [], sorobanMeta: null },
      ...{ events: [], diagnosticEvents: [] },
      operations: Array.from({ length: operations }, (_, operation) => {
        const here = own.filter((one) => one.operation === operation).sort((a, b) => a.index - b.index)
        return new xdr.OperationMetaV2({ ext: nothing(), changes: [], events: here.map(({ event }) => emitted(event)) })
      }),
    })
    const done = own.length > 0
    const result = new xdr.TransactionResult({
      feeCharged: 100n,
      result: done ? xdr.TransactionResultResult.txSuccess([]) : xdr.TransactionResultResult.txBadSeq(),
      ext: xdr.TransactionResultExt.v0(),
    })
    const txHash = own[0] ? Buffer.from(own[0].event.txHash, 'hex') : HASH
    return new xdr.TransactionResultMetaV1({
      ext: nothing(),
      result: new xdr.TransactionResultPair({ transactionHash: hash(txHash), result }),
      ...{ feeProcessing: [], txApplyProcessing: xdr.TransactionMeta.v4(meta), postTxApplyFeeProcessing: [] },
    })
  })
}

function emitted({ contractId, topic, value }: RawEvent): xdr.ContractEvent {
  const val = (text: string) => xdr.ScVal.fromXdr(text, 'base64')
  return new xdr.ContractEvent({
    ext: nothing(),
    contractId: xdr.ContractId.fromXdr(StrKey.decodeContract(contractId)),
    type: xdr.ContractEventType.contract,
    body: xdr.ContractEventBody.v0(new xdr.ContractEventV0({ topics: topic.map(val), data: val(value) })),
  })
}
