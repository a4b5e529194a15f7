/** How far the items are, as an oracle of the challenge says: it alone knows which item has which labels. */
import { endpoint } from '@stellartrain/ipfs-content/endpoint'

export type Coverage = {
  items: number
  overlap: number
  places: number
  accepted: number
  held: number
  covered: number
}

const LIMIT_MS = 5_000
const NAMES = ['items', 'overlap', 'places', 'accepted', 'held', 'covered'] as const

/** Of the first oracle that answers; undefined where none does. It may say anything: only counts that fit each other are taken. */
export async function readCoverage(
  challenge: number,
  oracles: readonly { url: string }[],
): Promise<Coverage | undefined> {
  for (const { url } of oracles) {
    try {
      const path = endpoint(url, `/v1/tasks/challenges/${challenge}`)
      const response = await fetch(path, { signal: AbortSignal.timeout(LIMIT_MS) })
      const found = response.ok ? coverageIn(await response.json()) : undefined
      if (found) return found
    } catch {
      // The next one may know.
    }
  }
  return undefined
}

export function coverageIn(said: unknown): Coverage | undefined {
  const of = (typeof said === 'object' && said !== null ? said : {}) as Record<string, unknown>
  const counts = NAMES.map((name) => of[name])
  if (!counts.every((count) => Number.isSafeInteger(count) && (count as number) >= 0)) return undefined
  const found = Object.fromEntries(NAMES.map((name, at) => [name, counts[at]])) as Coverage
  const fits =
    found.places === found.items * found.overlap && found.accepted <= found.places && found.covered <= found.items
  return fits && found.places > 0 ? found : undefined
}
