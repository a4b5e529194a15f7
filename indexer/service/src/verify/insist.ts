/**
 * Entries that an answer leaves out are asked for again before they count as absent: from another RPC where there is one, and from the
 * same one otherwise. What two answers do not have may still exist where both are of one RPC; contradictions.ts finds what events say of that.
 */
import { type Chain, ChainFailure, type Rpc } from '@stellartrain/contracts-client'
import type { Rpcs } from '../source/rpcs.ts'

type Entry = { key: string; xdr: string; lastModifiedLedgerSeq?: number }
type Answer = { entries?: Entry[] | null; latestLedger: number }
type RequestOptions = NonNullable<Parameters<Rpc['request']>[2]>

export function insisting(chain: Chain, rpcs: Rpcs): Chain {
  async function again(keys: readonly string[], asked: string, options: RequestOptions): Promise<Answer> {
    const others = rpcs.all.filter(({ url }) => url !== asked)
    for (const rpc of others) {
      try {
        return await rpc.request<Answer>('getLedgerEntries', { keys }, { ...options, retries: 0 })
      } catch (error) {
        if (options.signal?.aborted || !(error instanceof ChainFailure)) throw error
      }
    }
    return rpcs.request<Answer>('getLedgerEntries', { keys }, options)
  }

  const rpc: Rpc = {
    get url() {
      return rpcs.url
    },
    async request<T>(method: string, params?: object, options: RequestOptions = {}) {
      const { answer, url: asked } = await rpcs.told<T>(method, params, options)
      if (method !== 'getLedgerEntries') return answer
      const first = answer as Answer
      const there = new Set((first.entries ?? []).map(({ key }) => key))
      const left = (params as { keys: readonly string[] }).keys.filter((key) => !there.has(key))
      if (left.length === 0) return answer
      const second = await again(left, asked, options)
      const wanted = new Set(left)
      return {
        entries: [...(first.entries ?? []), ...(second.entries ?? []).filter(({ key }) => wanted.has(key))],
        // Of all of them only the older ledger is sure.
        latestLedger: Math.min(first.latestLedger, second.latestLedger),
      } as T
    },
  }
  return { ...chain, rpc }
}
