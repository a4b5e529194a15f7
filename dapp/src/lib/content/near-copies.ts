/** What oracles report of opened submissions that resemble each other: their word, which `stellartrain copies` computes again. */
import { OPENING_MAX_BYTES, type Opening, parseOpening } from '@stellartrain/ipfs-content/opening'
import type { Challenge } from '../read/types.ts'
import { readContent } from './content.ts'

export type ReportedCopy = NonNullable<Opening['nearCopies']>['pairs'][number] & { by: number }

export type ReportedCopies = { compared: number; oracles: number; pairs: ReportedCopy[] }

/** `by`: how many oracles report the pair with this value: what one of them makes up is not what the others found. Null where none that can be read compared any. */
export async function readNearCopies(challenge: Pick<Challenge, 'id' | 'reveals'>): Promise<ReportedCopies | null> {
  const openings = await Promise.all(
    challenge.reveals.map(async ({ by, cid }) => {
      const opening = await readContent(cid, OPENING_MAX_BYTES)
        .then(parseOpening)
        .catch(() => undefined)
      return opening?.by === by && opening.challenge === challenge.id ? opening.nearCopies : undefined
    }),
  )
  return merged(openings.filter((one) => one !== undefined))
}

export function merged(openings: readonly NonNullable<Opening['nearCopies']>[]): ReportedCopies | null {
  if (openings.length === 0) return null
  const pairs = new Map<string, ReportedCopy>()
  for (const pair of openings.flatMap((one) => one.pairs)) {
    const key = `${pair.numbers.join()} ${pair.measure} ${pair.value}`
    const known = pairs.get(key)
    pairs.set(key, { ...(known ?? pair), by: (known?.by ?? 0) + 1 })
  }
  const found = [...pairs.values()].sort((a, b) => b.value - a.value || a.numbers[0] - b.numbers[0])
  return { compared: Math.max(...openings.map((one) => one.compared)), oracles: openings.length, pairs: found }
}
