/**
 * Many event streams at once: `npm run streams [-- --streams 5000 --ledgers 20]`. A server in a process of its own, clients on plain
 * sockets in this one; a ledger with an event is written each second. Prints what arrived, how late, the server's memory before and
 * after, its CPU, and how many queries for events a ledger cost; ends with 1 where an event was not delivered to all or cost more than
 * one query. Needs as many open files as streams: `ulimit -n`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { until } from '@stellartrain/contracts-client/testing/until'
import { listen } from '@stellartrain/service'
import { createApp } from '../src/api/app.ts'
import { createFeed } from '../src/store/feed.ts'
import { createTestApi } from '../src/testing/api.ts'
import { statements } from '../src/testing/buffers.ts'
import { createEventChain } from '../src/testing/chain.ts'
import { contractOf } from '../src/testing/random.ts'
import { STORY, tellStory } from '../src/testing/story.ts'

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '5000' },
    ledgers: { type: 'string', default: '20' },
    /** Used by itself: the server, over the database that it names. */
    serve: { type: 'string' },
  },
})

type Told = { port: number; rss: number; cpu: number; queries: number }

if (values.serve !== undefined) await serve(values.serve)
else process.exit(await measure(Number(values.streams), Number(values.ledgers)))

async function serve(url: string): Promise<void> {
  const { db, take } = statements(url)
  const most = Number(values.streams) + 10
  const upstream = { ok: true, since: null, message: null }
  const app = createApp({
    ...{ db, network: 'net', contract: '', version: '0', feed: createFeed(url), now: Date.now },
    ...{ streams: { most, perClient: most } },
    report: () => ({
      ...{ state: 'following', startedAt: '', networkLedger: null },
      ...{ rpc: upstream, database: upstream, ipfs: null },
    }),
  })
  const { port } = await listen(app, { host: '127.0.0.1', port: 0 })
  const tell = () => {
    const { user, system } = process.cpuUsage()
    const queries = take().filter(({ sql }) => sql.includes('from "events"')).length
    process.send!({ port, rss: process.memoryUsage().rss, cpu: (user + system) / 1e6, queries } satisfies Told)
  }
  process.on('message', tell)
  process.on('disconnect', () => process.exit(0))
  tell()
}

async function measure(streams: number, ledgers: number): Promise<number> {
  const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  const api = await createTestApi(chain)
  const args = ['--serve', api.database.url, '--streams', String(streams)]
  const server = fork(import.meta.filename, args, { execArgv: ['--conditions=stellartrain-source'] })
  const [{ port, rss: empty }] = (await once(server, 'message')) as [Told]
  const ask = async (): Promise<Told> => {
    const answer = once(server, 'message')
    server.send('tell')
    return ((await answer) as [Told])[0]
  }

  const sockets: Socket[] = []
  let here = 0
  /** When it was written, and how late each client had it. */
  let written = 0
  let delays: number[] = []
  const open = async () => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.on('error', () => {})
    sockets.push(socket)
    let begun = false
    socket.on('data', (piece) => {
      if (!begun && piece.includes(': here')) {
        begun = true
        here += 1
      }
      if (written > 0 && piece.includes('id: ')) delays.push(performance.now() - written)
    })
    await once(socket, 'connect')
    socket.write('GET /v1/events HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n')
  }
  for (let at = 0; at < streams; at += 100) {
    await Promise.all(Array.from({ length: Math.min(100, streams - at) }, open))
    await until(async () => here >= Math.min(streams, at + 100), { what: `${at + 100} streams`, timeout: 120_000 })
  }
  const full = await ask()
  say({
    event: 'open',
    streams: here,
    rssMb: mb(full.rss),
    rssEmptyMb: mb(empty),
    kbAStream: kb((full.rss - empty) / streams),
  })

  let lost = 0
  const queries: number[] = []
  const all: number[] = []
  for (let ledger = 0; ledger < ledgers; ledger++) {
    const from = chain.raw.length
    chain.pass(5)
    chain.emit({ type: 'topped_up', challenge: 1, from: STORY.maker, escrow: 0n, fees: BigInt(ledger + 1) })
    delays = []
    written = performance.now()
    await api.commit(from)
    await until(async () => delays.length >= streams, { what: 'all to hear', timeout: 60_000 }).catch(() => {})
    lost += streams - Math.min(streams, delays.length)
    all.push(...delays)
    queries.push((await ask()).queries)
  }
  const end = await ask()
  // Behind the first event, streams that began before the tail did read for themselves, once.
  const worst = Math.max(0, ...queries.slice(1))
  all.sort((a, b) => a - b)
  const at = (part: number) => Math.round(all[Math.floor((all.length - 1) * part)] ?? 0)
  say({
    ...{ event: 'done', ledgers, delivered: all.length, lost, p50Ms: at(0.5), p99Ms: at(0.99) },
    ...{ rssMb: mb(end.rss), cpuSecondsALedger: Math.round(((end.cpu - full.cpu) / ledgers) * 100) / 100 },
    ...{ firstQueries: queries[0] ?? 0, mostQueriesALedger: worst },
  })
  for (const socket of sockets) socket.destroy()
  server.disconnect()
  await once(server, 'exit')
  await api.close()
  return lost === 0 && worst <= 1 ? 0 : 1
}

function mb(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}

function kb(bytes: number): number {
  return Math.round(bytes / 2 ** 10)
}
