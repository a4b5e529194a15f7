/** Tracks of objects through the frames of a sequence, from cells of the form `track x y width height`, again and again: a row is a frame, its group the sequence. */

import { GradeError, ScoreStopped } from '../errors.ts'
import type { Column } from '../table/columns.ts'
import type { Pairs, Spend } from './assignment.ts'
import { type BoxArea, boxIou, labeledOf, recordsCompared } from './detections.ts'
import type { Metric, MetricTruth } from './metric.ts'
import { rowsOfGroups } from './prepared.ts'
import { numbers } from './regression.ts'
import { valueText } from './trials.ts'

/** Steps of looking for pairs, over a whole file: some seconds of work, half a minute for the worst of files. */
const MAX_STEPS = 200_000_000
/** Overlaps of a frame, and pairs of tracks of a sequence, which lie in memory. */
const MAX_PAIRS = 2 ** 20

export const ofTracks = {
  version: 1,
  family: 'tracking',
  direction: 'maximize',
  truthTypes: ['list', 'integer'],
  truthColumns: [
    { name: 'boxes', type: 'list' },
    { name: 'frame', type: 'integer' },
  ],
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  groups: 'own',
  best: 1,
  itemsOf: recordsCompared(5),
  trial: (truth: MetricTruth) => ({
    perfect: (rank: number) => [valueText(truth.columns[0]!, rank)],
    constant: [''],
  }),
} as const satisfies Partial<Metric>

export const TRACK_THRESHOLD = {
  kind: 'number',
  above: 0,
  max: 1,
  default: 0.5,
  words: 'Least intersection over union of a true box and one that may be matched with it.',
} as const

/** The boxes of a frame, by their tracks’ numbers in the sequence. */
export interface Tracked {
  readonly tracks: Int32Array
  readonly boxes: readonly BoxArea[]
}

export interface Frame {
  readonly truth: Tracked
  readonly guess: Tracked
}

export interface Sequence {
  readonly frames: readonly Frame[]
  readonly truthTracks: number
  readonly guessTracks: number
}

/** The true sequences, and how they are read beside those of a submission. */
export interface TrackedTruth {
  readonly boxes: number
  /** Each sequence in turn; undefined where a cell is no list of boxes, each of another track. */
  sequences(predicted: Column): Generator<Sequence | undefined>
}

interface NamedBox extends BoxArea {
  readonly track: string
}

/** Throws `truth_degenerate` for a truth that is none, or has no box. */
export function trackedTruth(truth: MetricTruth, metric: string): TrackedTruth {
  const frames = numbers(truth.columns[1]!)
  const sequences = rowsOfGroups(truth).map((rows) => rows.slice().sort((a, b) => frames[a]! - frames[b]!))
  const fail = (message: string): never => {
    throw new GradeError('truth_degenerate', `${metric} needs ${message}.`)
  }
  for (const rows of sequences)
    if (rows.some((row, i) => i > 0 && frames[row] === frames[rows[i - 1]!]))
      fail('frames of other numbers in each row of a group')
  const actual = Array.from(
    frames,
    (_, row) =>
      namedBoxes(truth.columns[0]!, row) ??
      fail('a truth of boxes: track x y width height, again and again, a track once a row'),
  )
  const boxes = actual.reduce((sum, own) => sum + own.length, 0)
  if (boxes === 0) fail('a truth with at least one box')
  return {
    boxes,
    *sequences(predicted) {
      for (const rows of sequences) yield sequenceOf(rows, actual, predicted)
    },
  }
}

function sequenceOf(rows: Int32Array, truth: readonly NamedBox[][], predicted: Column): Sequence | undefined {
  const [known, guessed] = [new Map<string, number>(), new Map<string, number>()]
  const frames: Frame[] = []
  for (const row of rows) {
    const guess = namedBoxes(predicted, row)
    if (!guess) return undefined
    frames.push({ truth: numbered(truth[row]!, known), guess: numbered(guess, guessed) })
  }
  return { frames, truthTracks: known.size, guessTracks: guessed.size }
}

/** In the order of their tracks, so that the order of a cell changes nothing. */
function namedBoxes(column: Column, row: number): NamedBox[] | undefined {
  const boxes = labeledOf(column, row, 4)?.map(({ label, numbers: [x, y, width, height] }) => ({
    ...{ track: label, x: x!, y: y!, width: width!, height: height! },
  }))
  if (!boxes?.every(({ width, height }) => width > 0 && height > 0)) return undefined
  boxes.sort((a, b) => (a.track < b.track ? -1 : a.track > b.track ? 1 : 0))
  return boxes.every(({ track }, i) => i === 0 || track !== boxes[i - 1]!.track) ? boxes : undefined
}

function numbered(boxes: readonly NamedBox[], tracks: Map<string, number>): Tracked {
  const numberOf = ({ track }: NamedBox): number => {
    const known = tracks.get(track) ?? tracks.size
    tracks.set(track, known)
    return known
  }
  return { tracks: Int32Array.from(boxes, numberOf), boxes }
}

const tooMuch = (): never => {
  throw new ScoreStopped('too_much_text')
}

/** Counts the steps of all searches for pairs in a file. */
export function createSpend(): Spend {
  let left = MAX_STEPS
  return (steps) => {
    left -= steps
    if (left < 0) tooMuch()
  }
}

/** The boxes of a frame that overlap by at least `least` (and at all), with intersection over union as gain. */
export function overlapsOf({ truth, guess }: Frame, least: number): Pairs {
  const members: number[] = []
  const gains: number[] = []
  const starts = new Int32Array(truth.boxes.length + 1)
  for (const [i, box] of truth.boxes.entries()) {
    for (let j = 0; j < guess.boxes.length; j++) {
      const iou = boxIou(box, guess.boxes[j]!)
      if (iou <= 0 || iou < least) continue
      members.push(j)
      gains.push(iou)
    }
    if (members.length > MAX_PAIRS) tooMuch()
    starts[i + 1] = members.length
  }
  return {
    ...{ left: truth.boxes.length, right: guess.boxes.length, starts },
    ...{ members: Int32Array.from(members), gains: Float64Array.from(gains) },
  }
}

/** Pairs of a true and a predicted track, numbered as they come, and what each adds up to. */
export class TrackPairs {
  readonly #places = new Map<number, number>()
  readonly sums: number[] = []
  readonly #guessTracks: number

  constructor({ guessTracks }: Sequence) {
    this.#guessTracks = guessTracks
  }

  add(truth: number, guess: number, amount: number): void {
    const key = truth * this.#guessTracks + guess
    const place = this.#places.get(key)
    if (place !== undefined) {
      this.sums[place]! += amount
      return
    }
    if (this.#places.size === MAX_PAIRS) tooMuch()
    this.#places.set(key, this.sums.push(amount) - 1)
  }

  /** The number of a pair that was added. */
  placeOf(truth: number, guess: number): number {
    return this.#places.get(truth * this.#guessTracks + guess)!
  }

  /** By true track, then by predicted one. */
  entries(): { truth: number; guess: number; place: number }[] {
    return [...this.#places]
      .map(([key, place]) => ({ truth: Math.floor(key / this.#guessTracks), guess: key % this.#guessTracks, place }))
      .sort((a, b) => a.truth - b.truth || a.guess - b.guess)
  }
}
