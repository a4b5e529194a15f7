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

/** Of a challenge whose oracles this operator does not know: a maker may be its own oracle, and then costs itself nothing. */
export const UNKNOWN_ORACLES_BYTES = 64 * 1024 ** 2

/** What may be kept for a challenge, bytes. @param known the oracles that the operator knows; empty: all */
export function quotaOf({ oracles }: Pick<ChallengeFacts, 'oracles'>, known: readonly string[], most: number): number {
  const isKnown = known.length === 0 || oracles.some((oracle) => known.includes(oracle))
  return isKnown ? most : Math.min(most, UNKNOWN_ORACLES_BYTES)
}

/**
 * Terms never change, so they are read from the contract's storage once, and kept. That all accepted is final; so is `void`, that they
 * never will: it was cancelled or has lapsed.
 */
type Stored = {
  manifest: string
  end: number
  maker: string
  oracles: string[]
  accepted: boolean
  /** Unix seconds. Records of before have none, and are read again. */
  acceptBy?: number
  void?: true
}

/** `count`: how many there are. `open`: which may yet be accepted by all. */
export type Learned = { count: number; open: ReadonlySet<number> }

export type Challenges = {
  /** Undefined while not all of its oracles have accepted it. @throws ChainFailure, ContractError */
  accepted(id: number): Promise<ChallengeFacts | undefined>
  /**
   * Reads the terms of every challenge that was created since the last time, and which of those that were open all have accepted.
   * @param now unix seconds by the ledger's time @throws ChainFailure, ContractError
   */
  learn(now: number): Promise<Learned>
  /** Those that all oracles accepted and whose files are still kept at this time, unix seconds, as far as was learned. */
  live(now: number): AsyncGenerator<ChallengeFacts>
  /** Forgets all: the network may have begun anew. */
  clear(): Promise<void>
}

const PREFIX = '/chain/challenge/'
const LEARNED = '/chain/learned'
/** One node of an RPC is behind another: what has lapsed by one may be shown as it was before by the other, seconds. */
const LAG = 3_600
const keyOf = (id: number) => `${PREFIX}${id}`

/** @param keepSeconds how long after a challenge's end its files are kept */
export function createChallenges(chain: Chain, records: Records, keepSeconds: number, signal: AbortSignal): Challenges {
  const factsOf = (id: number, { manifest, end: at, maker, oracles }: Stored): ChallengeFacts => {
    return { id, manifestCid: manifest, until: at + keepSeconds, maker, oracles }
  }

  async function termsFor(id: number): Promise<Stored> {
    const known = await records.get<Stored>(keyOf(id))
    if (known?.acceptBy !== undefined) return known
    const { terms, maker } = await view(chain, views.challenge({ challenge: id }), { signal })
    const times = { end: end(termsOf(terms)), acceptBy: termsOf(terms).acceptBy }
    const facts = { manifest: cidFromChain(terms.manifest), ...times, maker, oracles: terms.oracles }
    const stored = { ...facts, accepted: known?.accepted ?? false }
    await records.put(keyOf(id), stored)
    return stored
  }

  /** @param now undefined: what time it is is of no interest */
  async function judged(id: number, now?: number): Promise<Stored> {
    const stored = await termsFor(id)
    if (stored.accepted || stored.void) return stored
    const { accepted, cancelled } = await view(chain, views.state({ challenge: id }), { signal })
    const byAll = stored.oracles.every((_, seat) => (accepted[seat] ?? 0) > 0)
    const lapsed = now !== undefined && now >= stored.acceptBy! + LAG
    if (!byAll && !cancelled && !lapsed) return stored
    const final: Stored = byAll ? { ...stored, accepted: true } : { ...stored, void: true }
    await records.put(keyOf(id), final)
    return final
  }

  return {
    async accepted(id) {
      const stored = await judged(id)
      return stored.accepted ? factsOf(id, stored) : undefined
    },
    async learn(now) {
      const count = await view(chain, views.challenges(), { signal })
      const learned = (await records.get<number>(LEARNED)) ?? 0
      for (let id = learned + 1; id <= count; id++) {
        await termsFor(id)
        await records.put(LEARNED, id)
      }
      const open = new Set<number>()
      for await (const [id, stored] of records.entries<Stored>(PREFIX))
        if (!stored.accepted && !stored.void) open.add(Number(id))
      for (const id of open) {
        const { accepted, void: never } = await judged(id, now)
        if (accepted || never) open.delete(id)
      }
      return { count, open }
    },
    async *live(now) {
      for await (const [id, stored] of records.entries<Stored>(PREFIX)) {
        const facts = factsOf(Number(id), stored)
        if (stored.accepted && now < facts.until) yield facts
      }
    },
    async clear() {
      for await (const [id] of records.entries(PREFIX)) await records.del(keyOf(Number(id)))
      await records.del(LEARNED)
    },
  }
}
