/** A limit of requests a minute for each client address, and a sentence that says when to retry. */
import { clientAddress, clientKey, headersOf } from '@stellartrain/service'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from './context.ts'
import { ApiError } from './problem.ts'

/** Addresses that are remembered; beyond these the longest absent ones are forgotten. */
const MOST_CLIENTS = 50_000

type Bucket = { left: number; at: number }

/** `wait`: 0 if there was one left, otherwise the seconds until there is one. `full`: seconds until all are there again. */
export type Taken = { wait: number; left: number; full: number }

export type Limiter = {
  /** Takes one request. */
  take(client: string, now: number): Taken
}

/** A bucket for each client that holds a minute's requests and fills evenly. `now` in milliseconds. */
export function createLimiter(perMinute: number): Limiter {
  const buckets = new Map<string, Bucket>()
  const perMs = perMinute / 60_000
  return {
    take(client, now) {
      const known = buckets.get(client)
      const left = known ? Math.min(perMinute, known.left + Math.max(0, now - known.at) * perMs) : perMinute
      // The most recent client is last; the first ones have been absent the longest.
      buckets.delete(client)
      if (buckets.size >= MOST_CLIENTS) {
        const [oldest] = buckets.keys()
        if (oldest !== undefined) buckets.delete(oldest)
      }
      const enough = left >= 1
      const rest = enough ? left - 1 : left
      buckets.set(client, { left: rest, at: now })
      const seconds = (missing: number) => Math.ceil(missing / perMs / 1000)
      return { wait: enough ? 0 : seconds(1 - left), left: Math.floor(rest), full: seconds(perMinute - rest) }
    },
  }
}

/** Who asks, as far as limits are concerned. */
export function clientOf(limit: NonNullable<AppDeps['clients']>, c: Context<AppEnv>): string {
  const forwarded = c.req.header('x-forwarded-for')
  return clientKey(clientAddress({ remote: limit.remoteOf(c), forwarded, proxies: limit.proxies }))
}

/**
 * Tells every client what it has left (draft-ietf-httpapi-ratelimit-headers-11), and refuses who has nothing.
 * @param counted requests that are not counted again
 */
export function rateLimit({ clients, now }: Pick<AppDeps, 'clients' | 'now'>, counted: WeakSet<Request>) {
  const perMinute = clients?.perMinute ?? 0
  const limiter = createLimiter(perMinute)
  return createMiddleware<AppEnv>(async (c, next) => {
    if (clients && perMinute > 0 && !counted.has(c.req.raw)) {
      const { wait, left, full } = limiter.take(clientOf(clients, c), now())
      const headers = headersOf(c)
      headers['ratelimit-policy'] = `"requests";q=${perMinute};w=60`
      headers.ratelimit = `"requests";r=${left};t=${wait > 0 ? wait : full}`
      if (wait > 0) {
        throw new ApiError(
          'too_many_requests',
          `More than ${perMinute} requests a minute came from your address. Retry in ${wait} s, or run your own indexer.`,
          [],
          { 'retry-after': String(wait) },
        )
      }
    }
    await next()
  })
}
