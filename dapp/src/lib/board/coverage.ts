/** How far the items are, as the oracles of the challenge say: they alone know which item has which labels. */

import { askJson } from '@stellartrain/ipfs-content/ask'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { capital, partOf } from '@stellartrain/sdk/counted'
import { formatCount } from '../words/format.ts'

export type Coverage = {
  items: number
  overlap: number
  places: number
  accepted: number
  held: number
  covered: number
  /** By earnings: handed in, and in no epoch yet. */
  waiting?: number
}

/** What was said, and by whom: one oracle's count is not a majority's. */
export type ToldCoverage = Coverage & {
  /** The oracle whose count it is. */
  by: string
  /** How many of the oracles that were asked answered with a count. */
  answered: number
  asked: number
  /** The fewest and the most accepted labels that any of them counts. */
  range: readonly [number, number]
}

const LIMIT_MS = 5_000
const MOST_BYTES = 64 * 1024
const NAMES = ['items', 'overlap', 'places', 'accepted', 'held', 'covered'] as const

/** The middle one of what they say; undefined where none answers. They may say anything: only counts that fit each other are taken. */
export async function readCoverage(
  challenge: number,
  oracles: readonly { address: string; url: string }[],
): Promise<ToldCoverage | undefined> {
  const told = await Promise.all(
    oracles.map(async ({ address, url }) => {
      const at = endpoint(url, `/v1/tasks/challenges/${challenge}`)
      const found = coverageIn(await askJson(at, { silentMs: LIMIT_MS, maxBytes: MOST_BYTES }))
      // Whoever is silent counts nothing.
      return found ? [{ ...found, by: address }] : []
    }),
  )
  const counts = told.flat()
  const middle = middleOf(counts)
  if (middle === undefined) return undefined
  const accepted = counts.map((one) => one.accepted)
  return {
    ...middle,
    ...{ answered: counts.length, asked: oracles.length, range: [Math.min(...accepted), Math.max(...accepted)] },
  }
}

/**
 * Of those that most agree with on what there is to be labeled, which the manifest says, the one in the middle by what is missing: one of
 * three makes neither a shortage nor an end.
 */
export function middleOf<One extends Coverage>(counts: readonly One[]): One | undefined {
  const tasks = Map.groupBy(counts, ({ items, overlap }) => `${items} ${overlap}`)
  const [most = []] = [...tasks.values()].toSorted((a, b) => b.length - a.length)
  const missing = ({ places, accepted }: Coverage) => places - accepted
  return most.toSorted((a, b) => missing(a) - missing(b))[(most.length - 1) >> 1]
}

/** Whose count it is, who is silent, and whether the others count the same. */
export function countedWords({ answered, asked, range: [least, most] }: ToldCoverage): string {
  const by =
    asked === 1 ? 'It is the only oracle' : capital(partOf(answered, asked, 'oracle', { verb: ['answers', 'answer'] }))
  const silent = answered < asked ? '; what the others count is not known' : ''
  if (answered === 1) return `${by}${silent}.`
  return least === most
    ? `${by}, and ${answered === 1 ? 'counts' : 'count'} the same${silent}.`
    : `${by}, and count from ${least} to ${formatCount(most, 'accepted label')}${silent}.`
}

export function coverageIn(said: unknown): Coverage | undefined {
  const of = (typeof said === 'object' && said !== null ? said : {}) as Record<string, unknown>
  const counts = NAMES.map((name) => of[name])
  if (!counts.every((count) => Number.isSafeInteger(count) && (count as number) >= 0)) return undefined
  const found = Object.fromEntries(NAMES.map((name, at) => [name, counts[at]])) as Coverage
  const fits =
    found.places === found.items * found.overlap && found.accepted <= found.places && found.covered <= found.items
  if (!fits || found.places === 0) return undefined
  const { waiting } = of
  const isCount = Number.isSafeInteger(waiting) && (waiting as number) >= 0
  return isCount ? { ...found, waiting: waiting as number } : found
}
