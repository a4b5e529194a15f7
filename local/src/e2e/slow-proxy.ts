/** A proxy in front of a real service that holds each answer back for a random while; its seed makes a run repeatable. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type SlowProxy = {
  url: string
  /** From now on no answer comes at all, as from a stopped process, until it is turned off again. */
  hang(on: boolean): void
  /** The addresses that were asked for, in their order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** Mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Answers are held back when they are there already: what a page shows is then older than what it could know. */
export async function startSlowProxy(
  target: string,
  { seed = 1, mostMs = 0 }: { seed?: number; mostMs?: number } = {},
): Promise<SlowProxy> {
  const random = createRandom(seed)
  const asked: string[] = []
  let hanging = false
  let waiting: (() => void)[] = []

  const pass = (answer: IncomingMessage, out: ServerResponse) => {
    out.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(out)
  }
  const server = createServer((incoming, out) => {
    asked.push(incoming.url ?? '')
    const delay = random() * mostMs
    const headers = { ...incoming.headers, host: new URL(target).host }
    const forward = request(`${target}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      const send = () => setTimeout(() => pass(answer, out), delay)
      if (hanging) waiting.push(send)
      else send()
    })
    forward.on('error', () => out.destroy())
    out.on('close', () => forward.destroy())
    incoming.pipe(forward)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hang(on) {
      hanging = on
      if (on) return
      for (const send of waiting) send()
      waiting = []
    },
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
