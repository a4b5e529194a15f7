/** Items that are not published: their rows, for whoever shows a lease of them that a majority signed and that lasts. */
import { quorum } from '@stellartrain/contracts-client/rules'
import { type Lease, leaseSigners } from '@stellartrain/ipfs-content/lease'
import type { Place } from '@stellartrain/ipfs-content/network'
import { csvRows } from '@stellartrain/oracle-grade/csv'
import { HttpError } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'

export type LeasedItems = Readonly<{ header: readonly string[]; rows: readonly (readonly string[])[] }>

export type PrivateItems = {
  /** @throws HttpError `not_private`, `no_lease` */
  of(asked: { challenge: Challenge; labeler: string; lease: Lease; now: number }): Promise<LeasedItems>
}

/** Bytes of items that are kept read; in memory their rows are several times as large. The last file is kept whatever its size. */
const MOST_KEPT = 32 * 1024 * 1024

type Table = { header: readonly string[]; byId: ReadonlyMap<string, readonly string[]> }
type Kept = { bytes: number; table: Promise<Table> }

export function createPrivateItems(
  place: Place,
  inputs: (challenge: Challenge) => Promise<GradingInputs>,
): PrivateItems {
  const kept = new Map<number, Kept>()

  async function read({ manifest, labeling }: GradingInputs): Promise<Table> {
    const [header = [], ...rows] = csvRows(labeling?.items ?? new Uint8Array()) ?? []
    const at = header.indexOf(manifest.submission.idColumn)
    return { header, byId: new Map(rows.map((row) => [row[at] ?? '', row])) }
  }

  function tableOf(id: number, of: GradingInputs): Promise<Table> {
    const one = kept.get(id) ?? { bytes: of.labeling?.items.length ?? 0, table: read(of) }
    kept.delete(id)
    kept.set(id, one)
    one.table.catch(() => kept.delete(id))
    let bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0)
    for (const [old, each] of kept) {
      if (bytes <= MOST_KEPT || old === id) break
      kept.delete(old)
      bytes -= each.bytes
    }
    return one.table
  }

  return {
    async of({ challenge, labeler, lease, now }) {
      const { id, terms } = challenge
      const { attempt, layer, expires, items } = lease
      const said = { ...place, challenge: id, labeler, attempt, layer, expires, items }
      // No oracle alone, and no smaller part of them, hands out what is not public.
      if (now > expires || leaseSigners(said, lease.signatures, terms.oracles).size < quorum(terms))
        throw new HttpError(
          403,
          'no_lease',
          'This lease is not one of yours that a majority of the oracles signed and that lasts.',
        )
      const of = await inputs(challenge)
      if (!of.manifest.labeling?.private)
        throw new HttpError(
          404,
          'not_private',
          `The items of challenge ${id} are published: the manifest names their file.`,
        )
      const { header, byId } = await tableOf(id, of)
      return { header, rows: items.flatMap((item) => [byId.get(item) ?? []]) }
    },
  }
}
