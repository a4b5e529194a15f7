/** A history behind HTTP in the manner of Stellar RPC, with accidents on demand: what a bad day at a provider looks like. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nativeToScVal, SorobanDataBuilder, xdr } from '@stellar/stellar-sdk/base'
import { EVENT_VERSION } from '@stellartrain/contracts-client/events'
import type { EventChain } from './chain.ts'
import type { RpcEvent } from './encode.ts'
import type { Chance } from './random.ts'

export type ReplayServer = {
  url: string
  /** Set it to reset the network. */
  chain: EventChain
  /** Events and ledgers up to here are visible; set it to let time pass. */
  latest: number
  oldest: number
  passphrase: string
  /** Probability of an accident in each answer. */
  trouble: number
  /** How often events were asked for. */
  asked: number
  close(): Promise<void>
}

export const PASSPHRASE = 'Replay Network ; 2026'

export async function startReplay(chain: EventChain, chance: Chance): Promise<ReplayServer> {
  const state = { chain, latest: chain.ledger(), oldest: 900, passphrase: PASSPHRASE, trouble: 0, asked: 0 }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const accident = chance.yes(state.trouble)
        ? chance.pick(['hang up', '500', 'garbage', 'cut', 'error'] as const)
        : null
      if (accident === 'hang up') return void response.destroy()
      if (accident === '500') return void response.writeHead(500).end('upstream is away')
      if (accident === 'garbage') return void response.end('<html>maintenance</html>')
      const { id, method, params } = JSON.parse(text)
      const answer = accident === 'error' ? { error: { code: -32603, message: 'internal' } } : answerTo(method, params)
      const body = JSON.stringify({ jsonrpc: '2.0', id, ...answer })
      response.setHeader('content-type', 'application/json')
      response.end(accident === 'cut' ? body.slice(0, chance.int(1, body.length - 1)) : body)
    })
  })

  function answerTo(method: string, params: GetEvents) {
    const { latest, oldest, passphrase } = state
    if (method === 'getNetwork') return { result: { passphrase, protocolVersion: 28 } }
    if (method === 'getHealth') return { result: { status: 'healthy', latestLedger: latest, oldestLedger: oldest } }
    if (method === 'getLatestLedger') return { result: { id: hashFor(latest), sequence: latest, protocolVersion: 28 } }
    if (method === 'getEvents') return getEvents(params)
    if (method === 'simulateTransaction') return { result: config() }
    return { error: { code: -32601, message: 'method not found' } }
  }

  /** The one view that the indexer asks before it follows: with what the contract was deployed. */
  function config() {
    const transactionData = new SorobanDataBuilder().build().toXdr('base64')
    const entry = (name: string, val: xdr.ScVal) => new xdr.ScMapEntry({ key: xdr.ScVal.scvSymbol(name), val })
    const value = xdr.ScVal.scvMap([
      entry('event_version', nativeToScVal(EVENT_VERSION, { type: 'u32' })),
      entry('min_patience', nativeToScVal(5n, { type: 'u64' })),
      entry('min_window', nativeToScVal(5n, { type: 'u64' })),
    ])
    return { transactionData, results: [{ xdr: value.toXdr('base64') }], latestLedger: state.latest }
  }

  function getEvents({ startLedger, endLedger, pagination }: GetEvents) {
    state.asked += 1
    const { latest, oldest } = state
    const last = Math.min(latest, (endLedger ?? latest + 1) - 1)
    const start = startLedger ?? Number(BigInt(pagination.cursor!.slice(0, 19)) >> 32n)
    if (start < oldest || start > latest) {
      return { error: { code: -32600, message: `startLedger must be within the ledger range: ${oldest} - ${latest}` } }
    }
    // A provider may give less than was asked for, and a page again from a little earlier.
    const odd = chance.yes(state.trouble)
    const limit = odd ? chance.int(1, pagination.limit) : pagination.limit
    const visible = state.chain.raw.filter((event) => event.ledger <= last && event.ledger >= oldest)
    const behind = (event: RpcEvent) =>
      startLedger === undefined ? event.id > pagination.cursor! : event.ledger >= startLedger
    const from = visible.findIndex(behind)
    const begin = from === -1 ? visible.length : odd ? Math.max(0, from - chance.int(0, 20)) : from
    let events = visible.slice(begin, begin + limit)
    if (odd) events = [...events, ...events.filter(() => chance.yes(0.2))]
    const full = events.length >= limit && events.length > 0
    const end = ((BigInt(last) << 32n) | 0xffff_ffffn).toString().padStart(19, '0')
    const cursor = full
      ? events
          .map((event) => event.id)
          .sort()
          .at(-1)!
      : `${end}-4294967294`
    return {
      result: {
        events,
        cursor,
        latestLedger: latest,
        oldestLedger: oldest,
        latestLedgerCloseTime: String(state.chain.time()),
      },
    }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((done) => server.close(() => done()))
    },
  })
}

/** `endLedger` is the first one that is not wanted. */
type GetEvents = { startLedger?: number; endLedger?: number; pagination: { cursor?: string; limit: number } }

const hashFor = (ledger: number) => ledger.toString(16).padStart(64, '0')
