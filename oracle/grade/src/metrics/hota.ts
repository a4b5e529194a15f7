/** Higher order tracking accuracy. Maximize, 0 to 1. Luiten et al. 2021; TrackEval `HOTA`. */

import { compensatedSum, Sums } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { bestPairs, type Pairs, type Spend } from './assignment.ts'
import type { Metric } from './metric.ts'
import { createSpend, type Frame, ofTracks, overlapsOf, type Sequence, TrackPairs, trackedTruth } from './tracks.ts'

/** 0.05 to 0.95 by 0.05, as NumPy's arange has them. */
const THRESHOLDS = Array.from({ length: 19 }, (_, i) => 0.05 + i * 0.05)
const MAX_THRESHOLDS = 100

export const hota: Metric = {
  ...ofTracks,
  id: 'hota',
  title: 'Higher order tracking accuracy',
  words: 'How well objects are found and followed, both alike, over how much their boxes must overlap.',
  range: [0, 1],
  formula:
    'mean over thresholds of √(DetA · AssA); DetA = TP ÷ (TP + FN + FP), AssA = mean over TP of TPA ÷ (TPA + FNA + FPA), that is of the boxes that its two tracks have matched with each other, of all that either has; over all sequences. Boxes of a frame are matched once, for the greatest sum of overlap · alignment of the tracks, and count at a threshold where they overlap by it',
  source: 'https://github.com/JonathonLuiten/TrackEval/blob/master/trackeval/metrics/hota.py',
  params: {
    thresholds: {
      kind: 'numbers',
      min: 0.01,
      max: 1,
      words: 'Least intersection over union of a match; 0.05, 0.1, … 0.95 if absent.',
    },
    quality: {
      kind: 'choice',
      choices: ['hota', 'deta', 'assa'],
      default: 'hota',
      words: 'hota: the whole. deta: how well objects are found. assa: how well those that are found are followed.',
    },
  },
  prepare(truth, params) {
    const tracked = trackedTruth(truth, 'hota')
    const thresholds = params.thresholds ?? THRESHOLDS
    if (thresholds.length > MAX_THRESHOLDS)
      throw new GradeError('params_invalid', `thresholds has at most ${MAX_THRESHOLDS} numbers.`)
    return (predictions) => {
      const spend = createSpend()
      let guessed = 0
      const found = new Float64Array(thresholds.length)
      // Over matched boxes, the sum of how well their tracks are aligned.
      const aligned = new Sums(thresholds.length)
      for (const sequence of tracked.sequences(predictions[0]!)) {
        if (!sequence) return Number.NaN
        for (const { guess } of sequence.frames) guessed += guess.boxes.length
        for (const { counts, boxes } of matchesOf(sequence, thresholds, spend))
          for (const [a, count] of counts.entries()) {
            found[a]! += count
            aligned.add(a, (count * count) / (boxes - count))
          }
      }
      const sums = aligned.values()
      const qualityAt = (a: number): number => {
        const detection = found[a]! / (tracked.boxes + guessed - found[a]!)
        const association = found[a] === 0 ? 0 : sums[a]! / found[a]!
        if (params.quality === 'deta') return detection
        return params.quality === 'assa' ? association : Math.sqrt(detection * association)
      }
      return compensatedSum(thresholds.length, qualityAt) / thresholds.length
    }
  },
}

/** A pair of tracks: at each threshold, in how many frames they are matched, and how many boxes both have. */
interface MatchedTracks {
  readonly counts: Int32Array
  readonly boxes: number
}

function matchesOf(sequence: Sequence, thresholds: readonly number[], spend: Spend): MatchedTracks[] {
  const { frames, truthTracks, guessTracks } = sequence
  const [truthLengths, guessLengths] = [new Float64Array(truthTracks), new Float64Array(guessTracks)]
  const pairs = new TrackPairs(sequence)
  for (const frame of frames) {
    for (const track of frame.truth.tracks) truthLengths[track]!++
    for (const track of frame.guess.tracks) guessLengths[track]!++
    addPotential(frame, overlapsOf(frame, 0), pairs)
  }
  const counts = new Int32Array(pairs.sums.length * thresholds.length)
  for (const frame of frames) {
    const { truth, guess } = frame
    const overlaps = overlapsOf(frame, 0)
    const { starts, members, gains } = overlaps
    const places = new Int32Array(gains.length)
    const scores = new Float64Array(gains.length)
    for (const [i, track] of truth.tracks.entries())
      for (let at = starts[i]!; at < starts[i + 1]!; at++) {
        const other = guess.tracks[members[at]!]!
        places[at] = pairs.placeOf(track, other)
        const shared = pairs.sums[places[at]!]!
        scores[at] = (shared / (truthLengths[track]! + guessLengths[other]! - shared)) * gains[at]!
      }
    const found = bestPairs({ ...overlaps, gains: scores }, spend)
    for (let i = 0; i < truth.tracks.length; i++) {
      if (found[i]! < 0) continue
      const at = members.indexOf(found[i]!, starts[i]!)
      for (const [a, threshold] of thresholds.entries())
        if (gains[at]! >= threshold - Number.EPSILON) counts[places[at]! * thresholds.length + a]!++
    }
  }
  return pairs.entries().map(({ truth, guess, place }) => ({
    counts: counts.subarray(place * thresholds.length, (place + 1) * thresholds.length),
    boxes: truthLengths[truth]! + guessLengths[guess]!,
  }))
}

/** Of each pair of tracks, how much of what their boxes overlap with they overlap with each other, over frames. */
function addPotential({ truth, guess }: Frame, { left, right, starts, members, gains }: Pairs, to: TrackPairs): void {
  const [ofTruth, ofGuess] = [new Sums(left), new Sums(right)]
  for (let i = 0; i < left; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      ofTruth.add(i, gains[at]!)
      ofGuess.add(members[at]!, gains[at]!)
    }
  const [rows, columns] = [ofTruth.values(), ofGuess.values()]
  for (let i = 0; i < left; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const j = members[at]!
      to.add(truth.tracks[i]!, guess.tracks[j]!, gains[at]! / (rows[i]! + columns[j]! - gains[at]!))
    }
}
