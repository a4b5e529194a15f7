/** How fast this browser's labeler was in earlier batches of a challenge: what an hour is worth, as measured. */
import { FEWEST_MEASURED } from './pay.ts'

type Pace = { items: number; milliseconds: number }

const nameOf = (contract: string, challenge: number, labeler: string): string =>
  `labels-pace-${contract.slice(0, 12)}-${challenge}-${labeler}`

/** Milliseconds an item; undefined where too few were labeled. */
export function readPace(storage: Storage, contract: string, challenge: number, labeler: string): number | undefined {
  const { items, milliseconds } = read(storage, nameOf(contract, challenge, labeler))
  return items >= FEWEST_MEASURED ? milliseconds / items : undefined
}

/** Adds a batch; a storage that takes nothing more keeps what it had. */
export function addPace(storage: Storage, contract: string, challenge: number, labeler: string, batch: Pace): void {
  const name = nameOf(contract, challenge, labeler)
  const before = read(storage, name)
  const sum = { items: before.items + batch.items, milliseconds: before.milliseconds + batch.milliseconds }
  try {
    storage.setItem(name, JSON.stringify(sum))
  } catch {
    // Only a figure is lost.
  }
}

function read(storage: Storage, name: string): Pace {
  try {
    const { items, milliseconds } = JSON.parse(storage.getItem(name) ?? '{}') as Partial<Pace>
    if (Number.isSafeInteger(items) && Number.isFinite(milliseconds))
      return { items: items!, milliseconds: milliseconds! }
  } catch {
    // Nothing that was kept here.
  }
  return { items: 0, milliseconds: 0 }
}
