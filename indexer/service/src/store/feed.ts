/** Wakes those who wait for new events: one LISTEN connection for the whole process. */
import { Client } from 'pg'
import { CHANNEL, REGISTERED } from './channel.ts'

export type Feed = {
  /** Resolves at the next commit, or after `timeoutMs`, or when aborted. */
  next(timeoutMs: number, signal?: AbortSignal): Promise<void>
  /** Another number than before: a webhook was registered meanwhile, or that may have been missed. */
  registrations(): number
  close(): Promise<void>
}

/** Reconnects by itself; while it cannot, waiters wake by their timeout. */
export function createFeed(dbUrl: string, reconnectMs = 2_000): Feed {
  const waiting = new Set<() => void>()
  let client: Client | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let registrations = 0

  const wake = () => {
    for (const resolve of [...waiting]) resolve()
  }
  const again = () => {
    client = undefined
    if (closed || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, reconnectMs)
  }
  async function connect(): Promise<void> {
    const fresh = new Client({ connectionString: dbUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
    client = fresh
    fresh.on('notification', ({ payload }) => {
      if (payload === REGISTERED) registrations += 1
      wake()
    })
    fresh.on('error', () => {})
    fresh.on('end', again)
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
      registrations += 1
      wake()
    } catch {
      await fresh.end().catch(() => {})
      again()
    }
  }
  void connect()

  return {
    next(timeoutMs, signal) {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timeout)
          waiting.delete(done)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const timeout = setTimeout(done, timeoutMs)
        waiting.add(done)
        signal?.addEventListener('abort', done)
        if (signal?.aborted || closed) done()
      })
    },
    registrations: () => registrations,
    async close() {
      closed = true
      clearTimeout(timer)
      wake()
      await client?.end().catch(() => {})
    },
  }
}
