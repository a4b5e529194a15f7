/**
 * Whether this oracle answers at the URL that it registers. Solvers and the other oracles hand files over there, so a proxy or a name that
 * leads nowhere is told before the first of them fails. No proof: its own network may reach what others do not, or the other way round.
 */
import { hostOf } from '@stellartrain/contracts-client'
import { askJson } from '@stellartrain/ipfs-content/ask'
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import type { Log } from '@stellartrain/service'

export type Reachable = {
  /** What is wrong, as a sentence; undefined where it answers, and before it was tried. */
  problem(): string | undefined
  /** Asks again when the last answer is some minutes old. Never rejects. */
  refresh(): Promise<void>
}

export type ReachableOptions = Readonly<{
  /** Null where it registers the address that it listens on. */
  url: string | null
  address: string
  log: Log
  /** Milliseconds that only grow. */
  now: () => number
  signal: AbortSignal
}>

const REFRESH_MS = 300_000
const TIMEOUT_MS = 10_000
const MOST_BYTES = 1024 * 1024

export function createReachable({ url, address, log, now, signal }: ReachableOptions): Reachable {
  let problem: string | undefined
  let askedAt = Number.NEGATIVE_INFINITY

  /** Once when it is lost, and once when it is back. */
  function tell(found: string | undefined): void {
    if (found !== undefined && problem === undefined) log.warn('unreachable', { message: found })
    if (found === undefined && problem !== undefined) log.info('reachable', { url: url ?? '' })
    problem = found
  }

  return {
    problem: () => problem,
    async refresh() {
      if (url === null || now() - askedAt < REFRESH_MS) return
      askedAt = now()
      try {
        const said = await askJson(`${withoutSlash(url)}/status`, {
          silentMs: TIMEOUT_MS,
          maxBytes: MOST_BYTES,
          signal,
        })
        tell(sentenceOf(said, url, address))
      } catch {
        // It is stopping.
      }
    },
  }
}

function sentenceOf(said: unknown, url: string, address: string): string | undefined {
  const who = (said as { address?: unknown } | null | undefined)?.address
  if (who === address) return undefined
  if (typeof who === 'string')
    return `At ${url}, the URL of this oracle, another oracle answers: ${who}. Set ORACLE_PUBLIC_URL.`
  return `Nothing answers at ${url}/status, as seen from here: solvers and other oracles hand files over at ${hostOf(url)}. Check its name and the proxy that forwards it.`
}
