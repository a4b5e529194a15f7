/** Of a challenge what decides whether its submissions are taken here, and how long they are kept. */
import { type Chain, termsOf, view, views } from '@stellartrain/contracts-client'
import { end } from '@stellartrain/contracts-client/rules'
import { cidFromChain } from '@stellartrain/ipfs-content/cid'

export type ChallengeFacts = Readonly<{
  id: number
  manifestCid: string
  /** Unix seconds: from here on its submissions are let go. */
  until: number
}>

/** After the end, so that whoever checks a result finds the files. */
const KEEP_SECONDS = 30 * 86_400

export type Challenges = {
  /** Undefined while not all of its oracles have accepted it. @throws ChainFailure, ContractError */
  accepted(id: number): Promise<ChallengeFacts | undefined>
  forget(id: number): void
  /** Forgets all: the network may have begun anew. */
  clear(): void
}

export function createChallenges(chain: Chain, signal: AbortSignal): Challenges {
  /** Neither changes once it is so. */
  const known = new Map<number, ChallengeFacts>()

  return {
    async accepted(id) {
      const found = known.get(id)
      if (found !== undefined) return found
      const [{ terms }, state] = await Promise.all([
        view(chain, views.challenge({ challenge: id }), { signal }),
        view(chain, views.state({ challenge: id }), { signal }),
      ])
      if (!terms.oracles.every((_, seat) => (state.accepted[seat] ?? 0) > 0)) return undefined
      const facts = { id, manifestCid: cidFromChain(terms.manifest), until: end(termsOf(terms)) + KEEP_SECONDS }
      known.set(id, facts)
      return facts
    },
    forget: (id) => void known.delete(id),
    clear: () => known.clear(),
  }
}
