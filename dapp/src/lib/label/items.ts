/** The items of a batch, as their maker published them. */
import type { ItemValues } from '@stellartrain/ipfs-content/labeling'

export type { ItemValues }

/** What the maker published of each item, by its id and in the order in which they were handed out. */
export function itemsOf(
  { header, rows }: { header: readonly string[]; rows: readonly (readonly string[])[] },
  idColumn: string,
): ReadonlyMap<string, ItemValues> {
  const at = header.indexOf(idColumn)
  return new Map(
    rows.map((row) => {
      // An item that the file does not have stands there with its id alone.
      if (row.length < header.length) return [row[0] ?? '', { [idColumn]: row[0] ?? '' }]
      return [row[at] ?? '', Object.fromEntries(header.map((name, place) => [name, row[place] ?? '']))]
    }),
  )
}
