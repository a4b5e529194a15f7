/** Of each challenge what decides whether its submissions are taken here, what it names, and how long that is kept. */
import { type Chain, termsOf, view, views } from '@stellartrain/contracts-client'
import { end } from '@stellartrain/contracts-client/rules'
import { cidFromChain } from '@stellartrain/ipfs-content/cid'
import type { Records } from '../store/records.ts'

export type ChallengeFacts = Readonly<{
  id: number
  manifestCid: string
  /** Unix seconds: from here on its files are let go. */
  until: number
  maker: string
  oracles: readonly string[]
}>

/** Terms never change, so they are read from the contract's storage once, and kept. */
type Stored = { manifest: string; end: number; maker: string; oracles: string[]; accepted: boolean }

export type Challenges = {
  /** Undefined while not all of its oracles have accepted it. @throws ChainFailure, ContractError */
  accepted(id: number): Promise<ChallengeFacts | undefined>
  /** Reads the terms of every challenge that was created since the last time. Resolves to how many there are. @throws ChainFailure, ContractError */
  learn(): Promise<number>
  /** Those whose files are still kept at this time, unix seconds, as far as was learned. */
  live(now: number): AsyncGenerator<ChallengeFacts>
  /** Forgets all: the network may have begun anew. */
  clear(): Promise<void>
}

const PREFIX = '/chain/challenge/'
const LEARNED = '/chain/learned'
const keyOf = (id: number) => `${PREFIX}${id}`

/** @param keepSeconds how long after a challenge's end its files are kept */
export function createChallenges(chain: Chain, records: Records, keepSeconds: number, signal: AbortSignal): Challenges {
  const factsOf = (id: number, { manifest, end: at, maker, oracles }: Stored): ChallengeFacts => {
    return { id, manifestCid: manifest, until: at + keepSeconds, maker, oracles }
  }

  async function termsFor(id: number): Promise<Stored> {
    const known = await records.get<Stored>(keyOf(id))
    if (known !== undefined) return known
    const { terms, maker } = await view(chain, views.challenge({ challenge: id }), { signal })
    const facts = { manifest: cidFromChain(terms.manifest), end: end(termsOf(terms)), maker, oracles: terms.oracles }
    const stored = { ...facts, accepted: false }
    await records.put(keyOf(id), stored)
    return stored
  }

  return {
    async accepted(id) {
      const stored = await termsFor(id)
      if (stored.accepted) return factsOf(id, stored)
      const { accepted } = await view(chain, views.state({ challenge: id }), { signal })
      if (!stored.oracles.every((_, seat) => (accepted[seat] ?? 0) > 0)) return undefined
      await records.put(keyOf(id), { ...stored, accepted: true })
      return factsOf(id, stored)
    },
    async learn() {
      const count = await view(chain, views.challenges(), { signal })
      const learned = (await records.get<number>(LEARNED)) ?? 0
      for (let id = learned + 1; id <= count; id++) {
        await termsFor(id)
        await records.put(LEARNED, id)
      }
      return count
    },
    async *live(now) {
      for await (const [id, stored] of records.entries<Stored>(PREFIX)) {
        const facts = factsOf(Number(id), stored)
        if (now < facts.until) yield facts
      }
    },
    async clear() {
      for await (const [id] of records.entries(PREFIX)) await records.del(keyOf(Number(id)))
      await records.del(LEARNED)
    },
  }
}
