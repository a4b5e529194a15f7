/** What the epochs of earnings say of batches and amounts: the reports that oracles posted, and the lists of work that these name. */
import { EARNINGS_MAX_BYTES, type EarningsReport, parseEarnings } from '@stellartrain/ipfs-content/earnings'
import { parseWork, WORK_MAX_BYTES, type WorkList } from '@stellartrain/ipfs-content/work'
import type { Epoch } from '../read/types.ts'

export type Posted = {
  /** In the order of their epochs. */
  lists: readonly WorkList[]
  /** What everyone has earned by the last epoch; undefined where its report cannot be read. */
  leaves: EarningsReport['leaves'] | undefined
  /** When the last epoch had its quorum, milliseconds; 0 before the first. */
  at: number
  /** Epochs whose list is not known here: too many, not read, or posted by hand. */
  unread: number
}

/** Newer ones say what a board has to; a month of hourly epochs is not fetched for it. */
export const MOST_EPOCHS = 200
const AT_ONCE = 6

/** Lists never change once they are posted. */
const known = new Map<string, Read>()
type Read = { list: WorkList | undefined; leaves: EarningsReport['leaves'] }

/** @param epochs the newest first @param all how many there are */
export async function readPosted(
  epochs: readonly Epoch[],
  all: number,
  read: (cid: string, mostBytes: number) => Promise<Uint8Array>,
): Promise<Posted> {
  const newest = epochs.slice(0, MOST_EPOCHS)
  const found: (Read | undefined)[] = []
  for (let from = 0; from < newest.length; from += AT_ONCE)
    found.push(...(await Promise.all(newest.slice(from, from + AT_ONCE).map((one) => readEpoch(one, read)))))
  const lists = found.flatMap((one) => one?.list ?? []).reverse()
  return {
    lists,
    leaves: epochs.length > 0 ? found[0]?.leaves : [],
    at: newest[0] ? Date.parse(newest[0].at) : 0,
    unread: all - lists.length,
  }
}

async function readEpoch(
  epoch: Epoch,
  read: (cid: string, mostBytes: number) => Promise<Uint8Array>,
): Promise<Read | undefined> {
  for (const cid of reportsOf(epoch)) {
    const before = known.get(cid)
    if (before) return before
    try {
      const { work, leaves } = parseEarnings(await read(cid, EARNINGS_MAX_BYTES))
      const list = work === undefined ? undefined : parseWork(await read(work, WORK_MAX_BYTES))
      known.set(cid, { list, leaves })
      return { list, leaves }
    } catch {
      // Another oracle's report may be there.
    }
  }
  return undefined
}

/** The reports of those who posted the root that counts: what most of them name comes first, for oracles that agree publish the same bytes. */
export function reportsOf({ votes, root, report }: Pick<Epoch, 'votes' | 'root' | 'report'>): string[] {
  const named = votes.flatMap((vote) => (vote.root === root && vote.report ? [vote.report] : []))
  const counts = Map.groupBy(named.length > 0 ? named : report ? [report] : [], (cid) => cid)
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([cid]) => cid)
}
