/** A stream without events stays alive: clients and proxies cut connections on which nothing arrives. */
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHANNEL } from '../../store/channel.ts'
import { createFeed, type Feed } from '../../store/feed.ts'
import { createIndexerDatabase, type IndexerDatabase } from '../../testing/database.ts'
import { withClient } from '../../testing/tables.ts'
import type { AppEnv } from '../context.ts'
import { createStream } from './stream.ts'

let database: IndexerDatabase
let feed: Feed
beforeAll(async () => {
  database = await createIndexerDatabase()
  feed = createFeed(database.url)
})
afterAll(async () => {
  await feed?.close()
  await database?.drop()
})

test('heartbeats come although each ledger wakes the stream', async ({ signal }) => {
  const stream = createStream({ db: database.db, feed }, 300)
  const app = new Hono<AppEnv>().get('/', (c) => stream.open(c, {}))
  const response = await app.request('/')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  signal.addEventListener('abort', () => void reader.cancel())
  const ledgers = new AbortController()
  const waking = withClient(database.url, async (client) => {
    while (!ledgers.signal.aborted) {
      await client.query(`notify ${CHANNEL}`)
      await new Promise((done) => setTimeout(done, 30))
    }
  })
  try {
    let text = ''
    for (let done = false; !done && (text.match(/^: still here$/gm) ?? []).length < 2; ) {
      const read = await reader.read()
      text += read.value ?? ''
      done = read.done
    }
    expect(text.match(/^: still here$/gm)).toHaveLength(2)
  } finally {
    ledgers.abort()
    await waking
    await reader.cancel()
  }
})

test('a stream ends when the service stops, without reading the database again', async () => {
  const stop = new AbortController()
  const stream = createStream({ db: database.db, feed, signal: stop.signal })
  const app = new Hono<AppEnv>().get('/', (c) => stream.open(c, {}))
  const reader = (await app.request('/')).body!.getReader()
  await reader.read()
  stop.abort()
  while (!(await reader.read()).done);
})
