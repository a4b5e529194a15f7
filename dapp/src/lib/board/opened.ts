/** What labels say of their labelers and items, once they are opened: agreement, quality with confusion, and what is hard. Pure. */
import {
  cohenKappa,
  fleissKappa,
  indexVotes,
  krippendorffAlpha,
  type Votes,
} from '@stellartrain/oracle-grade/consensus'
import { type AgreedItem, agree, type Labels, type Method } from '@stellartrain/sdk/labels'

export type Quality = {
  address: string
  labels: number
  /** Of items with others' votes: the share on which the consensus says the same; null where there is none. */
  agrees: number | null
  /** Rows are the consensus, columns what the labeler said; null where answers are no classes. */
  confusion: number[][] | null
}

export type Opened = {
  items: AgreedItem[]
  /** Items with a vote, and with as many as there are most. */
  labeled: number
  /** Labels that occur, in the order of rows and columns. */
  classes: readonly string[] | null
  alpha: number | null
  fleiss: number | null
  /** The median over pairs of labelers with items in common; null without any. */
  cohen: number | null
  labelers: Quality[]
  /** The least sure first. */
  hardest: AgreedItem[]
  /** No answer has more than half of the votes, or somebody flagged the item. */
  disputed: AgreedItem[]
}

const CLASSES: ReadonlySet<string> = new Set(['choice', 'rating', 'preference'])
const HARDEST = 10
/** More pairs are not looked at. */
const MOST_PAIRS = 2_000

export function openedOf(labels: Pick<Labels, 'task' | 'items' | 'votes'>, method: Method): Opened {
  const { kind } = labels.task.answer
  const items = agree(labels, method)
  const votes = labels.votes.filter(({ answer }) => answer.kind !== 'flag')
  const classes = CLASSES.has(kind)
  const indexed =
    classes && votes.length > 0
      ? indexVotes(votes.map(({ item, labeler, cell }) => ({ item, labeler, label: cell })))
      : undefined
  const voted = items.filter(({ votes }) => votes.length > 0)
  return {
    items,
    labeled: voted.length,
    classes: indexed?.labels ?? null,
    alpha: indexed ? krippendorffAlpha(indexed, kind === 'rating' ? 'interval' : 'nominal') : null,
    fleiss: indexed ? fleissKappa(indexed) : null,
    cohen: indexed ? medianCohen(indexed) : null,
    labelers: qualities(items, indexed?.labels ?? null),
    hardest: voted
      .filter(({ votes, confidence }) => votes.length > 1 && confidence !== null && confidence < 1)
      .toSorted((a, b) => a.confidence! - b.confidence!)
      .slice(0, HARDEST),
    disputed: voted.filter(isDisputed),
  }
}

export function isDisputed({ votes, flags }: AgreedItem): boolean {
  if (flags > 0) return true
  if (votes.length < 2) return false
  const counts = Map.groupBy(votes, ({ cell }) => cell)
  return Math.max(...[...counts.values()].map((same) => same.length)) * 2 <= votes.length
}

function qualities(items: readonly AgreedItem[], classes: readonly string[] | null): Quality[] {
  const found = new Map<string, { labels: number; shared: number; same: number; confusion: number[][] | null }>()
  for (const { cell, votes } of items)
    for (const vote of votes) {
      const none = { labels: 0, shared: 0, same: 0, confusion: classes?.map(() => classes.map(() => 0)) ?? null }
      const one = found.get(vote.labeler) ?? none
      found.set(vote.labeler, one)
      one.labels++
      if (votes.length < 2) continue
      one.shared++
      if (vote.cell === cell) one.same++
      const row = one.confusion?.[classes!.indexOf(cell)]
      const column = classes?.indexOf(vote.cell) ?? -1
      if (row && column >= 0) row[column]!++
    }
  return [...found]
    .map(([address, { labels, shared, same, confusion }]) => ({
      ...{ address, labels, confusion },
      agrees: shared === 0 ? null : same / shared,
    }))
    .toSorted((a, b) => (a.agrees ?? 2) - (b.agrees ?? 2))
}

function medianCohen(votes: Votes): number | null {
  const found: number[] = []
  let looked = 0
  for (let a = 0; a < votes.labelers.length; a++)
    for (let b = a + 1; b < votes.labelers.length && looked < MOST_PAIRS; b++) {
      looked++
      const kappa = cohenKappa(votes, a, b)
      if (kappa !== null) found.push(kappa)
    }
  found.sort((a, b) => a - b)
  const half = Math.floor(found.length / 2)
  if (found.length === 0) return null
  return found.length % 2 === 1 ? found[half]! : (found[half - 1]! + found[half]!) / 2
}
