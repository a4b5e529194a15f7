/** Submissions that arrive in drips, from whatever number of addresses, keep no one from handing over. */
import { onError, silentLog } from '@stellartrain/service'
import { expect, test, vi } from 'vitest'
import { content } from './content.ts'

const until = (state: () => boolean) => vi.waitUntil(state, { timeout: 240_000 })
const CID = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'

test.each([
  [1, 16_400],
  [4, 16_400],
  [64, 16_400],
  // More than 16 KiB a second.
  [64, 200_000],
])('%i addresses that bring %i bytes in 9.5 seconds', async (addresses, bytes) => {
  let clock = 0
  let client = ''
  let running = 0
  const taking = (count: number) => {
    running = count
  }
  const take = async (_: string, __: unknown, archive: AsyncIterable<Uint8Array>) => {
    for await (const piece of archive) void piece
    return { bytes: 1, stored: false }
  }
  const app = content(
    {
      node: { take } as never,
      named: { find: async () => [{ id: 1, until: 9e9, manifestCid: 'x' }] } as never,
      mostBytes: async () => 64e6,
      challengeBytes: () => 2e9,
      clientOf: () => client,
      metrics: { refused() {}, uploaded() {}, taking } as never,
      log: silentLog,
      onPinned() {},
    },
    () => clock,
  )
  app.onError(onError(silentLog))
  const put = (from: string, body: Uint8Array<ArrayBuffer> | ReadableStream) => {
    client = from
    return app.request(`/${CID}`, { method: 'PUT', body, duplex: 'half' } as RequestInit)
  }
  const open: ReadableStreamDefaultController<Uint8Array>[] = []
  let refused = 0
  for (let i = 0; i < 128; i++) {
    const body = new ReadableStream<Uint8Array>({ start: (one) => void open.push(one) })
    void Promise.resolve(put(`10.0.0.${i % addresses}`, body)).then(({ status }) => status === 503 && refused++)
    // It is known who asks once the ledger was asked.
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await until(() => refused === 128 - Math.min(64, 8 * addresses))
  // Whoever watches the node sees how many of the places are taken.
  expect(running).toBe(Math.min(64, 8 * addresses))
  for (let turn = 0; turn < 5; turn++) {
    clock += 9_500
    for (const one of open)
      try {
        one.enqueue(new Uint8Array(bytes))
      } catch {
        // This one was ended.
      }
    await new Promise((resolve) => setTimeout(resolve, 50))
    // With one place for each address they are judged by their rate, once they had a fair time.
    if (clock >= 10_000 || addresses < 64)
      expect((await put('198.51.100.1', new Uint8Array(3))).status, `${clock} ms`).toBe(200)
  }
})
