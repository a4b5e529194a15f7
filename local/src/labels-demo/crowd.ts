/** Labelers of known kinds: what each answers follows from its seed, its kind and the item alone, in whatever order items come. */
import { createHash } from 'node:crypto'

export const KINDS = ['careful', 'hasty', 'random', 'first', 'copier'] as const
export type Kind = (typeof KINDS)[number]

/** Thirty people: what each kind does, `answerOf` says. */
export const THIRTY: Readonly<Record<Kind, number>> = { careful: 12, hasty: 13, random: 3, first: 1, copier: 1 }

export type Labeler = {
  name: string
  kind: Kind /** Batches in a row that may be rejected before it gives up. */
  patience: number
}

/** The kinds in turn, so that no kind comes first. @param count so many labelers, in the shares of `THIRTY` */
export function crowdOf(count: number): Labeler[] {
  const thirty = Object.values(THIRTY).reduce((sum, one) => sum + one, 0)
  const parts = KINDS.map((kind) => ({ kind, most: Math.max(1, Math.round((THIRTY[kind] * count) / thirty)), made: 0 }))
  const crowd: Labeler[] = []
  while (crowd.length < count) {
    // Whichever kind is furthest behind its share.
    const next = parts.reduce((a, b) => (b.made / b.most < a.made / a.most ? b : a))
    next.made++
    const patience = next.kind === 'careful' || next.kind === 'hasty' ? 12 : 3
    crowd.push({ name: `${next.kind}-${next.made}`, kind: next.kind, patience })
  }
  return crowd
}

/** Digits that a hasty reader takes for another one: six times in ten. */
const CONFUSED: Readonly<Record<string, string>> = { '7': '1', '9': '4', '5': '3', '8': '3', '6': '0' }
const HASTY = 0.6
const CAREFUL = 0.97

export type Asked = {
  item: string
  /** What is right. */
  truth: string
  choices: readonly string[]
  /** What the one that is copied from said about this item, and in this row of its newest batch. */
  copied?: { item: string | undefined; row: string | undefined }
}

export function answerOf({ name, kind }: Labeler, { item, truth, choices, copied }: Asked, seed: string): string {
  const [one, other] = chances(`${seed}/${name}/${item}`)
  const any = choices[Math.floor(other * choices.length)]!
  switch (kind) {
    case 'careful':
      return one < CAREFUL ? truth : any
    case 'hasty':
      return one < HASTY ? (CONFUSED[truth] ?? truth) : truth
    case 'random':
      return any
    case 'first':
      return choices[0]!
    case 'copier':
      return copied?.item ?? copied?.row ?? any
  }
}

/** Two numbers in [0, 1) that follow from a text. */
function chances(text: string): [number, number] {
  const hash = createHash('sha256').update(text).digest()
  return [hash.readUInt32BE(0) / 2 ** 32, hash.readUInt32BE(4) / 2 ** 32]
}
