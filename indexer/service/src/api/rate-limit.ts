/** A limit of requests a minute for each client address, and a sentence that says when to retry. */
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from './context.ts'
import { ApiError } from './problem.ts'

/** Addresses that are remembered; beyond these the longest absent ones are forgotten. */
const MOST_CLIENTS = 50_000

type Bucket = { left: number; at: number }

export type Limiter = {
  /** Takes one request; 0 if there was one left, otherwise the seconds until there is one. */
  take(client: string, now: number): number
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
      buckets.set(client, { left: enough ? left - 1 : left, at: now })
      return enough ? 0 : Math.ceil((1 - left) / perMs / 1000)
    },
  }
}

/** IPv6 assigns networks, not addresses: a client with one address of a /64 has them all. */
export function clientKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const all = [...groups, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...(tail ? tail.split(':') : [])]
  return all.slice(0, 4).join(':')
}

export type ClientOptions = {
  /** The address that the connection comes from. */
  remote: string
  forwarded: string | undefined
  /** How many proxies of ours are in front; each adds one address at the end of X-Forwarded-For. */
  proxies: number
}

/** Believes only what our own proxies have written. */
export function clientAddress({ remote, forwarded, proxies }: ClientOptions): string {
  if (proxies === 0 || !forwarded) return remote
  const path = forwarded.split(',').map((one) => one.trim())
  return path.at(-proxies) ?? path[0] ?? remote
}

export function rateLimit({ limit, now }: Pick<AppDeps, 'limit' | 'now'>) {
  const limiter = limit && createLimiter(limit.perMinute)
  return createMiddleware<AppEnv>(async (c, next) => {
    if (limit && limiter) {
      const remote = limit.remoteOf(c)
      const forwarded = c.req.header('x-forwarded-for')
      const wait = limiter.take(clientKey(clientAddress({ remote, forwarded, proxies: limit.proxies })), now())
      if (wait > 0) {
        c.header('retry-after', String(wait))
        throw new ApiError(
          'too_many_requests',
          `More than ${limit.perMinute} requests a minute came from your address. Retry in ${wait} s, or run your own indexer.`,
        )
      }
    }
    await next()
  })
}
