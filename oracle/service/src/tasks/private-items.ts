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

/** Challenges whose items are kept read. */
const MOST_KEPT = 8

type Table = { header: readonly string[]; byId: ReadonlyMap<string, readonly string[]> }

export function createPrivateItems(
  place: Place,
  inputs: (challenge: Challenge) => Promise<GradingInputs>,
): PrivateItems {
  const kept = new Map<number, Promise<Table>>()

  async function read({ manifest, labeling }: GradingInputs): Promise<Table> {
    const [header = [], ...rows] = csvRows(labeling?.items ?? new Uint8Array()) ?? []
    const at = header.indexOf(manifest.submission.idColumn)
    return { header, byId: new Map(rows.map((row) => [row[at] ?? '', row])) }
  }

  function tableOf(id: number, of: GradingInputs): Promise<Table> {
    const table = kept.get(id) ?? read(of)
    kept.delete(id)
    kept.set(id, table)
    table.catch(() => kept.delete(id))
    for (const old of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(old)
    return table
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
