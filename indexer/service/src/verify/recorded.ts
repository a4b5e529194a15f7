/** Entries of the ledger as they were read, with the ledgers in which the answers were true; they can be read again without a network. */
import { type Chain, ChainFailure, type Rpc } from '@stellartrain/contracts-client'

export type Recorded = {
  /** Key → entry, both XDR in base64. */
  entries: Map<string, string>
  /** The last ledger that changed one of them. */
  modified: number
  /** The ledgers of the first and the last answer. */
  first: number
  last: number
}

type Answer = { entries?: { key: string; xdr: string; lastModifiedLedgerSeq?: number }[] | null; latestLedger: number }

export function recordEntries(chain: Chain): { chain: Chain; recorded: Recorded } {
  const recorded: Recorded = { entries: new Map(), modified: 0, first: 0, last: 0 }
  const rpc: Rpc = {
    url: chain.rpc.url,
    async request<T>(method: string, params?: object, options = {}) {
      const answer = await chain.rpc.request<T>(method, params, options)
      if (method !== 'getLedgerEntries') return answer
      const { entries, latestLedger } = answer as Answer
      if (!Number.isInteger(latestLedger))
        throw new ChainFailure('rpc_bad_answer', 'The RPC does not say of which ledger its entries are.', {
          retryable: true,
        })
      recorded.first = recorded.first === 0 ? latestLedger : Math.min(recorded.first, latestLedger)
      recorded.last = Math.max(recorded.last, latestLedger)
      for (const entry of entries ?? []) {
        recorded.entries.set(entry.key, entry.xdr)
        recorded.modified = Math.max(recorded.modified, entry.lastModifiedLedgerSeq ?? latestLedger)
      }
      return answer
    },
  }
  return { chain: { ...chain, rpc }, recorded }
}

/** What is not among them does not exist. */
export function replayEntries(chain: Chain, entries: ReadonlyMap<string, string>): Chain {
  const rpc: Rpc = {
    url: chain.rpc.url,
    async request<T>(_: string, params?: object) {
      const { keys } = params as { keys: readonly string[] }
      const found = keys.flatMap((key) => (entries.has(key) ? [{ key, xdr: entries.get(key)! }] : []))
      return { entries: found, latestLedger: 0 } as T
    },
  }
  return { ...chain, rpc }
}
