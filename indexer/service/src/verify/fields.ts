/** Two accounts of the same thing, field by field. */

export type Difference = { where: string; field: string; indexer: string; contract: string }

export type Fields = Record<string, unknown>

/** Notes what the two accounts of one thing differ in. */
export type Compare = (what: string, mine: Fields, theirs: Fields) => void

export function differing(where: string, mine: Fields, theirs: Fields): Difference[] {
  const differences: Difference[] = []
  for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [indexer, contract] = [String(mine[field]), String(theirs[field])]
    if (indexer !== contract) differences.push({ where, field, indexer, contract })
  }
  return differences
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export function fieldsOf<Item>(items: ReadonlyMap<string, Item>, read: (item: Item) => string): Fields {
  return Object.fromEntries([...items].map(([key, item]) => [key, read(item)]))
}
