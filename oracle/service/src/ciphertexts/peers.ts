/** Where the other oracles of a challenge answer: they serve the sealed files that they fetched. */
import type { Chain } from '@stellartrain/contracts-client'
import { readRegistration } from '../chain/reads.ts'

export type Peers = {
  /** The URLs that they registered, without what is none. Rejects with ChainFailure. */
  of(challenge: { seat: number; terms: { oracles: readonly string[] } }): Promise<string[]>
  /** The URL of one of them; undefined where it registered none that can be used. Rejects with ChainFailure. */
  at(oracle: string): Promise<string | undefined>
}

/** An oracle that moves is found at its new address this much later. */
const CURRENT_MS = 60_000

export function createPeers(chain: Chain, now: () => number, signal: AbortSignal): Peers {
  const known = new Map<string, { url: string | undefined; at: number }>()

  async function urlOf(oracle: string): Promise<string | undefined> {
    const last = known.get(oracle)
    if (last !== undefined && now() - last.at < CURRENT_MS) return last.url
    const url = usable((await readRegistration(chain, oracle, { signal }))?.url)
    known.set(oracle, { url, at: now() })
    return url
  }

  return {
    at: urlOf,
    async of({ seat, terms }) {
      const others = terms.oracles.filter((_, place) => place !== seat)
      return (await Promise.all(others.map(urlOf))).filter((url) => url !== undefined)
    },
  }
}

/** What an oracle registers is any text. */
function usable(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url)
  const plain = parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.search === '' && parsed.hash === ''
  return plain ? url : undefined
}
