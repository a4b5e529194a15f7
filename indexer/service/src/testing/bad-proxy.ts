/** Stands between the indexer and a real network's RPC, and is whatever an RPC can be on its worst days. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from './random.ts'

/** What becomes of one answer. */
export type Accident =
  | 'hang up'
  | 'timeout'
  | 'too many'
  | 'broken'
  | 'cut'
  /** Events twice. */
  | 'doubled'
  /** A page ends early, and its cursor with it. */
  | 'short'
  /** One event is left out. */
  | 'lost'
  /** No events, and the cursor behind them. */
  | 'empty'
  /** What it said the last time it was asked the same: a node that is behind. */
  | 'stale'
  /** Some of the entries that it was asked for are left out. */
  | 'fewer'

export const LOUD: readonly Accident[] = ['hang up', 'timeout', 'too many', 'broken', 'cut']
export const SILENT: readonly Accident[] = ['doubled', 'short', 'lost', 'empty', 'stale', 'fewer']

export type BadProxy = {
  url: string
  /** The same without a connection, for clients in this process. */
  fetch: typeof fetch
  /** Probability of an accident in an answer, and which. */
  trouble: number
  accidents: readonly Accident[]
  /** Ledgers before it are refused, as if it had dropped them. */
  oldest: number
  /** Events that it has never heard of: by a part of their JSON. */
  hides: ((event: { id: string; ledger: number; topic: string[] }) => boolean) | null
  /** What it says instead of fields of an event. */
  changes: ((event: { id: string; ledger: number; topic: string[] }) => Json) | null
  /** What it says an entry is (XDR in base64), given what it is; null: it says an error instead of any entry. */
  entries: ((xdr: string) => string | null) | null
  /** Entries that it leaves out of its answers, by their key (XDR in base64). */
  leavesOut: ((key: string) => boolean) | null
  /** How often each happened. */
  readonly happened: ReadonlyMap<Accident, number>
  /** How many requests came, by method. */
  readonly asked: ReadonlyMap<string, number>
  close(): Promise<void>
}

type Json = Record<string, unknown>
type Event = { id: string; ledger: number; topic: string[] }
type Result = Json & { events?: Event[]; cursor?: string; oldestLedger?: number; latestLedger?: number }

/** What is sent back; null: the connection ends without an answer. */
type Sent = { status: number; headers: Record<string, string>; body: string } | null

type ProxyOptions = {
  /** What the network answers, by request: for one that is at rest, and that several proxies stand before. */
  kept?: Map<string, string>
}

export async function startBadProxy(target: string, chance: Chance, { kept }: ProxyOptions = {}): Promise<BadProxy> {
  const state = { trouble: 0, accidents: [...LOUD, ...SILENT] as readonly Accident[], oldest: 0 }
  const happened = new Map<Accident, number>()
  const asked = new Map<string, number>()
  const said = new Map<string, string>()
  const count = <Key>(map: Map<Key, number>, key: Key) => map.set(key, (map.get(key) ?? 0) + 1)
  const server = createServer(async (request, response) => {
    const sent = await answerTo(Buffer.concat(await request.toArray()).toString())
    if (sent === null) return void response.destroy()
    response.writeHead(sent.status, sent.headers).end(sent.body)
  })

  async function answerTo(text: string): Promise<Sent> {
    const { id, method, params } = JSON.parse(text) as { id: number; method: string; params?: Json }
    count(asked, method)
    const accident = chance.yes(proxy.trouble) ? chance.pick(proxy.accidents) : null
    if (accident) count(happened, accident)
    if (accident === 'hang up') return null
    if (accident === 'timeout') {
      await pause(chance.int(50, 400))
      return null
    }
    if (accident === 'too many')
      return { status: 429, headers: { 'retry-after': '0' }, body: 'slow down, this is not JSON' }
    if (accident === 'broken') return { status: chance.pick([500, 502, 503]), headers: {}, body: 'upstream is away' }
    const json = (body: string): Sent => ({ status: 200, headers: { 'content-type': 'application/json' }, body })
    const stale = said.get(text)
    if (accident === 'stale' && stale !== undefined) return json(stale)
    const refused = tooOld(method, params)
    const answer = refused ? JSON.stringify({ jsonrpc: '2.0', id, error: refused }) : await forward(text)
    said.set(text, answer)
    const spoiled = refused ? answer : spoil(method, answer, accident)
    return json(accident === 'cut' ? spoiled.slice(0, chance.int(1, spoiled.length - 1)) : spoiled)
  }

  async function forward(body: string): Promise<string> {
    const known = kept?.get(body)
    if (known !== undefined) return known
    try {
      const answer = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const text = await answer.text()
      kept?.set(body, text)
      return text
    } catch {
      return 'upstream is away'
    }
  }

  function tooOld(method: string, params: Json | undefined) {
    if (method !== 'getEvents' || proxy.oldest === 0) return null
    const { startLedger, pagination } = params as { startLedger?: number; pagination?: { cursor?: string } }
    const start = startLedger ?? Number(BigInt(pagination!.cursor!.slice(0, 19)) >> 32n)
    if (start >= proxy.oldest) return null
    return { code: -32600, message: `startLedger must be within the ledger range: ${proxy.oldest} - 999999999` }
  }

  function spoil(method: string, answer: string, accident: Accident | null): string {
    if (method === 'getLedgerEntries') return claimed(answer, proxy, accident)
    if (method !== 'getEvents' && method !== 'getHealth') return answer
    if (!answer.startsWith('{')) return answer
    const body = JSON.parse(answer) as { result?: Result }
    const { result } = body
    if (!result) return answer
    if (proxy.oldest > 0) result.oldestLedger = Math.max(Number(result.oldestLedger), proxy.oldest)
    const { events } = result
    if (events) {
      const { hides, changes } = proxy
      let left = hides ? events.filter((event) => !hides(event)) : events
      if (changes) left = left.map((event) => ({ ...event, ...changes(event) }))
      if (accident === 'doubled') left = [...left, ...left]
      if (accident === 'lost' && left.length > 0) left = left.toSpliced(chance.int(0, left.length - 1), 1)
      if (accident === 'empty') left = []
      if (accident === 'short' && left.length > 1) {
        left = left.slice(0, chance.int(1, left.length - 1))
        result.cursor = left.at(-1)!.id
      }
      result.events = left
    }
    return JSON.stringify(body)
  }

  function claimed(answer: string, { entries: say, leavesOut }: BadProxy, accident: Accident | null): string {
    if (!answer.startsWith('{') || (!say && !leavesOut && accident !== 'fewer')) return answer
    const body = JSON.parse(answer) as { id: number; result?: { entries?: { key: string; xdr: string }[] | null } }
    const { result } = body
    if (result?.entries && leavesOut) result.entries = result.entries.filter(({ key }) => !leavesOut(key))
    if (result?.entries && accident === 'fewer') result.entries = result.entries.filter(() => chance.yes(0.7))
    for (const entry of (say && result?.entries) || []) {
      const said = say!(entry.xdr)
      if (said === null)
        return JSON.stringify({ jsonrpc: '2.0', id: body.id, error: { code: -32603, message: 'internal error' } })
      entry.xdr = said
    }
    return JSON.stringify(body)
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const proxy: BadProxy = Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ hides: null, changes: null },
    async fetch(_: unknown, init?: RequestInit) {
      const sent = await answerTo(String(init?.body))
      init?.signal?.throwIfAborted()
      if (sent === null) throw new TypeError('fetch failed')
      return new Response(sent.body, sent)
    },
    ...{ entries: null, leavesOut: null },
    happened,
    asked,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((done) => server.close(() => done()))
    },
  })
  return proxy
}
