/** Manifests from gateways that are honest, down, lying or flooding: what is true is shown, nothing else happens. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from '@stellartrain/contracts-client/testing/until'
import { encodeManifest, importBytes, type Manifest } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFeed } from '../store/feed.ts'
import { createStatus } from '../sync/status.ts'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { accountOf, cidOf, hashOf } from '../testing/random.ts'
import { runEnrichment } from './loop.ts'
import { enrichManifest } from './manifests.ts'
import { dueJobs, putOff } from './queue.ts'

let database: IndexerDatabase
const servers: Server[] = []
const blocks = new Map<string, Uint8Array>()
let honest: string

beforeAll(async () => {
  database = await createIndexerDatabase()
  honest = await serve((request, response) => {
    const block = blocks.get(/\/ipfs\/(\w+)/.exec(request.url!)![1]!)
    if (block) response.end(block)
    else response.writeHead(404).end()
  })
})

afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections()
  await database.drop()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function publish(bytes: Uint8Array): Promise<string> {
  const { cid } = await importBytes(bytes, async (block, content) => {
    blocks.set(block.toString(), content)
  })
  await database.db.insertInto('manifests').values({ cid, state: 'waiting' }).execute()
  return cid
}

function manifest(title: string): Manifest {
  return {
    ...{
      format: 'stellartrain/manifest',
      version: 1,
      kind: 'competition',
      title,
      summary: 'Species from four measurements.',
    },
    ...{ description: '# Penguins', license: 'CC0-1.0', tags: ['tabular', 'small'], datasets: [] },
    submission: {
      format: 'csv',
      idColumn: 'id',
      columns: [{ name: 'species', type: 'string' }],
      rows: 3,
      maxBytes: 1_000,
    },
    metric: { id: 'accuracy', params: {}, version: 1 },
    baseline: { description: 'the most frequent one', score: 0.44 },
    truth: {
      ...{ cid: cidOf('truth'), commitment: hashOf('truth'), bytes: 100 },
      recipients: [{ oracle: accountOf('oracle'), key: `age1${'q'.repeat(58)}` }],
    },
    opens: { truth: true, submissions: 'winning' },
  }
}

const find = (cid: string) =>
  database.db.selectFrom('manifests').selectAll().where('cid', '=', cid).executeTakeFirstOrThrow()
const signal = new AbortController().signal

function enrich(cid: string, gateways: string[]): Promise<string | null> {
  return enrichManifest({ db: database.db, gateways, now: () => 1_000_000, signal }, { key: cid, attempts: 0 })
}

test('a manifest is read, checked and searchable', async () => {
  const cid = await publish(encodeManifest(manifest('Which <b>penguin</b> is it?')))
  expect(await enrich(cid, [honest])).toBeNull()
  expect(await find(cid)).toMatchObject({
    ...{
      state: 'known',
      title: 'Which <b>penguin</b> is it?',
      tags: ['tabular', 'small'],
      metric: 'accuracy',
      baseline: 0.44,
    },
    words: expect.stringContaining('penguin'),
  })
})

test('content that is wrong in itself is refused for good', async () => {
  const bad = [
    'not json',
    '{}',
    JSON.stringify({ ...manifest('x'), extra: 1 }),
    JSON.stringify({ ...manifest('x'), title: 'a\u0000b' }),
  ]
  for (const text of bad) {
    const cid = await publish(new TextEncoder().encode(text))
    expect(await enrich(cid, [honest])).toBeNull()
    expect(await find(cid), text.slice(0, 20)).toMatchObject({ state: 'refused', title: null })
  }
  const huge = await publish(new Uint8Array(300_000).fill(65))
  expect(await enrich(huge, [honest])).toBeNull()
  expect(await find(huge)).toMatchObject({ state: 'refused', last_error: 'too_large' })
})

test('a gateway that is down, lies or floods is asked again later', async () => {
  const lying = await serve((_, response) => void response.end('other bytes'))
  const flooding = await serve((_, response) => {
    const flood = () => {
      while (response.write(new Uint8Array(65_536)));
    }
    response.on('drain', flood)
    flood()
  })
  for (const gateway of ['http://127.0.0.1:1', lying, flooding]) {
    const cid = await publish(encodeManifest(manifest(`From ${gateway}`)))
    expect(await enrich(cid, [gateway])).toBeTruthy()
    expect(await find(cid)).toMatchObject({ state: 'waiting', attempts: 1, next_try: '1005' })
    expect((await dueJobs(database.db, 'manifests', 1_004, 100)).map(({ key }) => key)).not.toContain(cid)
    expect((await dueJobs(database.db, 'manifests', 1_005, 100)).map(({ key }) => key)).toContain(cid)
  }
})

test('the loop finds what is due by itself', async () => {
  const cid = await publish(encodeManifest(manifest('Found')))
  const stop = new AbortController()
  const feed = createFeed(database.url)
  const chain = undefined as never
  const status = createStatus(Date.now, true)
  const loop = runEnrichment({
    db: database.db,
    chain,
    gateways: [honest],
    feed,
    status,
    now: Date.now,
    signal: stop.signal,
  })
  await until(async () => (await find(cid)).state === 'known', { what: 'the manifest to be known' })
  stop.abort()
  await loop
  await feed.close()
})

test('what waits is due in time, though the clock of the machine is set back meanwhile', async () => {
  const cid = await publish(new Uint8Array([7]))
  const due = async (now: number) =>
    (await dueJobs(database.db, 'manifests', now, 1_000)).some(({ key }) => key === cid)
  await putOff(database.db, 'manifests', { key: cid, attempts: 0 }, 1_000_000)
  expect([await due(1_000_000), await due(1_000_005), await due(996_400)]).toEqual([false, true, true])
})
