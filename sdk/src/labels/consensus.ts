/** The consensus of each item by a named method, with how sure it is: `oracle/grade` aggregates, this chooses how for each kind of answer. */

import { type Answer, formatAnswer, type LabelingTask } from '@stellartrain/ipfs-content/labeling'
import {
  boxConsensus,
  type Consensus,
  collectVotes,
  dawidSkene,
  glad,
  mace,
  majorityVote,
  oneCoinDawidSkene,
  type Part,
  polygonConsensus,
  pooledDawidSkene,
  spanConsensus,
  type Votes,
  wawa,
} from '@stellartrain/oracle-grade/consensus'
import { UserError } from '../system/problems.ts'
import { METHODS, type Method } from './choices.ts'
import type { Labels, Vote } from './votes.ts'

export { METHODS, type Method }

export type AgreedItem = {
  id: string
  /** Undefined where nobody has labeled it yet. */
  answer: Answer | undefined
  /** The answer as a submission has it; '' for none. */
  cell: string
  /** 0 to 1: what it is depends on the kind (docs/formats.md, Exports of labels). */
  confidence: number | null
  votes: readonly Vote[]
  /** How many labelers flagged the item as broken. */
  flags: number
}

/** Whether labels of a kind are few and equal or not: what every method takes. Others have a consensus of their own. */
const CLASSES: ReadonlySet<Answer['kind']> = new Set(['choice', 'rating', 'preference'])
const TEXTS: ReadonlySet<Answer['kind']> = new Set(['text', 'transcription'])

/**
 * Flags are votes of their own: where more than half of an item's labelers flagged it, that is the consensus, and otherwise flags do
 * not count.
 * @throws UserError `bad_input` for a method that cannot be used for answers of this kind
 */
export function agree(labels: Pick<Labels, 'task' | 'items' | 'votes'>, method: Method): AgreedItem[] {
  const { kind } = labels.task.answer
  if (method !== 'majority' && !CLASSES.has(kind))
    throw new UserError(
      'bad_input',
      `The method ${method} is for choices, ratings and preferences. Answers of the kind ${kind} have one consensus: majority.`,
    )
  const byItem = Map.groupBy(labels.votes, ({ item }) => item)
  const items = [...labels.items].map(([id, values]) => {
    const votes = (byItem.get(id) ?? []).toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1))
    const said = votes.filter(({ answer }) => answer.kind !== 'flag')
    const flags = votes.length - said.length
    return { id, values, votes, said: flags * 2 > votes.length ? [] : said, flags }
  })
  const answers = CLASSES.has(kind) || TEXTS.has(kind) ? byClass(items, method) : undefined
  return items.map(({ id, values, votes, said, flags }): AgreedItem => {
    const base = { id, votes, flags }
    if (votes.length === 0) return { ...base, answer: undefined, cell: '', confidence: null }
    if (said.length === 0)
      return {
        ...base,
        answer: { kind: 'flag' },
        cell: formatAnswer(labels.task, { kind: 'flag' }),
        confidence: flags / votes.length,
      }
    const { answer, confidence } = answers?.get(id) ?? ownConsensus(labels.task, said)
    return { ...base, answer, cell: formatAnswer(labels.task, answer, values), confidence }
  })
}

type Agreed = { answer: Answer; confidence: number }

/** One label for each item out of all labels that occur. */
function byClass(items: readonly { id: string; said: readonly Vote[] }[], method: Method): Map<string, Agreed> {
  const said = items.flatMap(({ said }) => said)
  const collected = collectVotes(said.length)
  for (const { item, labeler, cell } of said) collected.add(item, labeler, cell)
  const votes = collected.index()
  const answers = new Map(said.map(({ cell, answer }) => [cell, answer]))
  const { labelOf, probabilities } = aggregate(votes, method)
  return new Map(
    votes.items.map((id, at) => {
      const label = labelOf[at]!
      return [
        id,
        { answer: answers.get(votes.labels[label]!)!, confidence: probabilities[at * votes.labels.length + label]! },
      ]
    }),
  )
}

function aggregate(votes: Votes, method: Method): Consensus {
  // Models need two labels to tell apart.
  if (votes.labels.length < 2) return majorityVote(votes)
  switch (method) {
    case 'majority':
      return majorityVote(votes)
    case 'wawa':
      return wawa(votes)
    case 'dawid-skene':
      return dawidSkene(votes)
    case 'pooled-dawid-skene':
      return pooledDawidSkene(votes)
    case 'one-coin-dawid-skene':
      return oneCoinDawidSkene(votes)
    case 'glad':
      return glad(votes)
    case 'mace':
      return mace(votes)
  }
}

function ownConsensus({ answer: asked }: LabelingTask, votes: readonly Vote[]): Agreed {
  const labelers = votes.map(({ labeler }) => labeler)
  switch (asked.kind) {
    case 'choices':
      return agreedChoices(
        asked.choices.map(({ value }) => value),
        votes,
      )
    case 'ranking':
      return agreedOrder(asked.columns, votes)
    case 'spans': {
      const parts = partsOf(votes, (answer) => (answer.kind === 'spans' ? answer.spans : []))
      const found = spanConsensus(parts, labelers)
      const spans = found.map(({ start, end, label }) => ({ end, label, start }))
      return { answer: { kind: 'spans', spans: distinct(spans) }, confidence: sureness(found, votes, parts) }
    }
    case 'boxes': {
      const parts = partsOf(votes, (answer) => (answer.kind === 'boxes' ? answer.boxes : []))
      const found = boxConsensus(parts, labelers)
      const boxes = found.map(({ x, y, width, height, label }) => ({ height, label, width, x, y }))
      return { answer: { kind: 'boxes', boxes: distinct(boxes) }, confidence: sureness(found, votes, parts) }
    }
    case 'polygons': {
      const parts = partsOf(votes, (answer) => (answer.kind === 'polygons' ? answer.polygons : []))
      const found = polygonConsensus(parts, labelers)
      const polygons = found.map(({ label, points }) => ({
        label,
        points: points.map(([x, y]): [number, number] => [x, y]),
      }))
      return { answer: { kind: 'polygons', polygons: distinct(polygons) }, confidence: sureness(found, votes, parts) }
    }
    default:
      throw new TypeError(`Answers of the kind ${asked.kind} are classes.`)
  }
}

function partsOf<Shape extends { label: string }>(
  votes: readonly Vote[],
  of: (answer: Answer) => readonly Shape[],
): Part<Shape>[] {
  return votes.flatMap(({ labeler, answer }) => of(answer).map((shape) => ({ labeler, label: shape.label, shape })))
}

/** Two clusters can have one median. */
function distinct<Shape>(shapes: readonly Shape[]): Shape[] {
  return [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()]
}

/** The mean over the parts of the consensus; where it has none, the share of labelers who marked nothing. */
function sureness(
  found: readonly { confidence: number }[],
  votes: readonly Vote[],
  parts: readonly { labeler: string }[],
): number {
  if (found.length > 0) return found.reduce((sum, { confidence }) => sum + confidence, 0) / found.length
  const marked = new Set(parts.map(({ labeler }) => labeler))
  return votes.filter(({ labeler }) => !marked.has(labeler)).length / votes.length
}

/** A choice is taken where more than half chose it; the confidence is the smallest share that agrees about any choice. */
function agreedChoices(choices: readonly string[], votes: readonly Vote[]): Agreed {
  const all = votes.length
  const counts = choices.map(
    (value) => votes.filter(({ answer }) => answer.kind === 'choices' && answer.values.includes(value)).length,
  )
  const values = choices.filter((_, at) => counts[at]! * 2 > all)
  const confidence = Math.min(...counts.map((count) => Math.max(count, all - count))) / all
  return { answer: { kind: 'choices', values }, confidence }
}

/** By the sum of places (Borda count), of equal ones in the task's order; the confidence is the share of pairs, over all votes, in this order. */
function agreedOrder(columns: readonly string[], votes: readonly Vote[]): Agreed {
  const orders = votes.flatMap(({ answer }) => (answer.kind === 'ranking' ? [answer.order] : []))
  const place = (column: string) => orders.reduce((sum, order) => sum + order.indexOf(column), 0)
  const order = columns.toSorted((a, b) => place(a) - place(b) || columns.indexOf(a) - columns.indexOf(b))
  let agreeing = 0
  let pairs = 0
  for (const said of orders) {
    for (let a = 0; a < order.length; a++) {
      for (let b = a + 1; b < order.length; b++) {
        pairs++
        if (said.indexOf(order[a]!) < said.indexOf(order[b]!)) agreeing++
      }
    }
  }
  return { answer: { kind: 'ranking', order }, confidence: agreeing / pairs }
}
