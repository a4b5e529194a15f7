/** Strangers who open uploads and send nothing keep no one from handing over a file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importBytes, parseCid, writeCar } from '@stellartrain/ipfs-content'
import { createLog, onError } from '@stellartrain/service'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { contentProblem, contentRoutes } from './routes.ts'
import { openStore } from './store.ts'

/** Ends only what hangs. */
const PATIENCE = { timeout: 240_000 }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oracle-routes-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function pack(file: Uint8Array) {
  const blocks = new Map<string, Uint8Array>()
  const { cid } = await importBytes(file, async (one, block) => void blocks.set(String(one), new Uint8Array(block)))
  const pieces = await Array.fromAsync(writeCar(parseCid(cid), async (one) => blocks.get(String(one))!))
  return { cid, body: new Uint8Array(Buffer.concat(pieces)) }
}

test('uploads that stall give way once every place is taken', async () => {
  let clock = 0
  const store = await openStore(folder, 1_000_000)
  const named = async () => ({ challenge: 1, maxBytes: 10_000 })
  const log = createLog('silent')
  const app = contentRoutes({ store, named, log }, () => clock)
  app.onError(onError(log, contentProblem))
  const { cid, body } = await pack(new Uint8Array(100).fill(5))
  const other = await pack(new Uint8Array(100).fill(6))
  const put = (to: string, sent: Uint8Array<ArrayBuffer> | ReadableStream) =>
    app.request(`/v1/content/${to}`, { method: 'PUT', body: sent, duplex: 'half' } as RequestInit)
  const stalled = Array.from({ length: 32 }, () => put(other.cid, new ReadableStream()))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await put(cid, body)).status).toBe(503)
  clock = 10_000
  expect((await put(cid, body)).status).toBe(201)
  expect((await Promise.race(stalled)).status).toBe(503)
})

test.each([1, 4])(
  '%i addresses that drip into every place they can get keep no one from handing over',
  async (addresses) => {
    let clock = 0
    const store = await openStore(folder, 1_000_000)
    const log = createLog('silent')
    const app = contentRoutes({ store, named: async () => ({ challenge: 1, maxBytes: 10_000_000 }), log }, () => clock)
    app.onError(onError(log, contentProblem))
    const put = (address: string, to: string, body: Uint8Array<ArrayBuffer> | ReadableStream) =>
      app.request(`/v1/content/${to}`, { method: 'PUT', body, duplex: 'half' } as RequestInit, {
        incoming: { socket: { remoteAddress: address } },
      })
    const other = await pack(new Uint8Array(100).fill(6))
    const open: ReadableStreamDefaultController<Uint8Array>[] = []
    let refused = 0
    for (let i = 0; i < 64; i++) {
      // The length of a block that never ends.
      const start = (one: ReadableStreamDefaultController<Uint8Array>) => {
        open.push(one)
        one.enqueue(new Uint8Array([0xff, 0xff, 0x7f]))
      }
      const answer = put(`203.0.113.${i % addresses}`, other.cid, new ReadableStream<Uint8Array>({ start }))
      void Promise.resolve(answer).then(({ status }) => status === 503 && refused++)
    }
    await vi.waitUntil(() => refused === 64 - Math.min(32, 8 * addresses), PATIENCE)
    for (let turn = 0; turn < 5; turn++) {
      clock += 9_000
      for (const one of open)
        try {
          one.enqueue(new Uint8Array(16_400))
        } catch {
          // This one was ended.
        }
      await new Promise((resolve) => setTimeout(resolve, 50))
      const mine = await pack(new Uint8Array(100).fill(10 + turn))
      expect((await put('198.51.100.1', mine.cid, mine.body)).status).toBe(201)
    }
  },
)
