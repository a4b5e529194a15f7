/** Which ledgers the RPCs have. */
import type { Rpc } from '@stellartrain/contracts-client'
import { IndexerError } from '../errors.ts'
import type { Rpcs } from './rpcs.ts'

export type Range = { oldest: number; latest: number }

/** @throws IndexerError `bad_page` (retryable), ChainFailure */
export async function range(rpc: Rpc, signal: AbortSignal): Promise<Range> {
  const health = await rpc.request<{ oldestLedger?: number; latestLedger?: number }>('getHealth', undefined, { signal })
  const { oldestLedger, latestLedger } = health
  if (!Number.isInteger(oldestLedger) || !Number.isInteger(latestLedger)) {
    throw new IndexerError('bad_page', "The RPC's getHealth does not say which ledgers it has.", { retryable: true })
  }
  return { oldest: oldestLedger!, latest: latestLedger! }
}

/** What each of those that answer has. */
export async function ranges(rpcs: Rpcs, signal: AbortSignal): Promise<{ rpc: Rpc; range: Range }[]> {
  const asked = await Promise.allSettled(rpcs.all.map(async (rpc) => ({ rpc, range: await range(rpc, signal) })))
  const known = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (known.length === 0) throw (asked[0] as PromiseRejectedResult).reason
  return known
}

/** From the oldest that anyone has to the latest that anyone has. @throws as `range`, when none answers */
export async function rangeOfAll(rpcs: Rpcs, signal: AbortSignal): Promise<Range> {
  const known = (await ranges(rpcs, signal)).map((one) => one.range)
  return {
    oldest: Math.min(...known.map(({ oldest }) => oldest)),
    latest: Math.max(...known.map(({ latest }) => latest)),
  }
}
