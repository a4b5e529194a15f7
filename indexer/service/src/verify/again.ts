/** Events that were read once, and are asked for again of every RPC that there is. */
import { askPage } from '../source/ask.ts'
import type { PageEvent } from '../source/page.ts'
import { ranges } from '../source/range.ts'
import { only, type Rpcs } from '../source/rpcs.ts'

export type Again = {
  rpcs: Rpcs
  contract: string
  /** Filters of `getEvents`, at most five rows. */
  topics: string[][]
  /** The first and last ledger that are wanted; an RPC that begins later gives what it has. */
  from: number
  through: number
  signal: AbortSignal
  /** See `RetryOptions`. */
  patience?: number | undefined
}

/**
 * What each RPC has of these events, one list an RPC; ledgers that it left out are missing in it.
 * @throws ChainFailure after three failures in a row: a repair is tried again as a whole
 */
export async function* fetchAgain({ rpcs, contract, topics, signal, patience, ...wanted }: Again) {
  for (const { rpc, range } of await ranges(rpcs, signal)) {
    const one = only(rpcs, rpc)
    const found: PageEvent[] = []
    let at = { cursor: '', start: Math.max(range.oldest, wanted.from) }
    while (at.cursor !== '' || at.start <= wanted.through) {
      const page = await askPage({ rpcs: one, contract, signal, topics, patience, failed: giveUp }, at)
      if (page.type === 'gap') {
        at = { cursor: '', start: page.to + 1 }
        continue
      }
      found.push(...page.events.filter(({ ledger }) => ledger <= wanted.through))
      if (page.through >= Math.min(wanted.through, page.latestLedger) || page.cursor === at.cursor) break
      at = { cursor: page.cursor, start: 0 }
    }
    yield found
  }
}

/** For whatever asks an RPC again: three failures in a row are enough. */
export function giveUp(error: Error, failures: number): void {
  if (failures >= 3) throw error
}
