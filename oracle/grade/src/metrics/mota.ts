/** Multiple object tracking accuracy. Maximize, up to 1. Bernardin and Stiefelhagen 2008; py-motmetrics `mota`. */

import { bestPairs, type Pairs, type Spend } from './assignment.ts'
import type { Metric } from './metric.ts'
import {
  createSpend,
  type Frame,
  ofTracks,
  overlapsOf,
  type Sequence,
  TRACK_THRESHOLD,
  trackedTruth,
} from './tracks.ts'

export const mota: Metric = {
  ...ofTracks,
  id: 'mota',
  title: 'Multiple object tracking accuracy',
  words:
    'How few boxes of tracked objects are missed, wrong, or of another track than before. Below 0 where there are more of these than true boxes.',
  range: [null, 1],
  formula:
    '1 − (missed + wrong + switches) ÷ true boxes, over all sequences; in each frame, a true track keeps the predicted one that it had last where they overlap by the threshold, and as many as can be of the others are matched, with the greatest overlaps together; another predicted track than the last one is a switch',
  source: 'https://github.com/cheind/py-motmetrics/blob/develop/motmetrics/mot.py',
  params: { threshold: TRACK_THRESHOLD },
  prepare(truth, { threshold }) {
    const tracked = trackedTruth(truth, 'mota')
    return (predictions) => {
      const spend = createSpend()
      let errors = 0
      for (const sequence of tracked.sequences(predictions[0]!)) {
        if (!sequence) return Number.NaN
        errors += errorsOf(sequence, threshold!, spend)
      }
      return 1 - errors / tracked.boxes
    }
  },
}

function errorsOf({ frames, truthTracks }: Sequence, threshold: number, spend: Spend): number {
  // The predicted track that each true one was last matched with.
  const last = new Int32Array(truthTracks).fill(-1)
  let errors = 0
  for (const frame of frames) {
    const { truth, guess } = frame
    const overlaps = overlapsOf(frame, threshold)
    const [kept, taken] = keptPairs(frame, overlaps, last)
    const open = withoutKept(overlaps, kept, taken)
    const found = bestPairs(open, spend)
    let matched = 0
    for (let i = 0; i < truth.boxes.length; i++) {
      if (kept[i] === 1) matched++
      if (found[i]! < 0) continue
      matched++
      const [track, own] = [truth.tracks[i]!, guess.tracks[found[i]!]!]
      if (last[track]! >= 0 && last[track] !== own) errors++
      last[track] = own
    }
    errors += truth.boxes.length + guess.boxes.length - 2 * matched
  }
  return errors
}

/** Which boxes of both sides go on with the track that they had: the first one where several true tracks had the same. */
function keptPairs({ truth, guess }: Frame, { starts, members }: Pairs, last: Int32Array): [Uint8Array, Uint8Array] {
  const kept = new Uint8Array(truth.boxes.length)
  const taken = new Uint8Array(guess.boxes.length)
  for (let i = 0; i < kept.length; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const j = members[at]!
      if (taken[j] === 1 || guess.tracks[j] !== last[truth.tracks[i]!]) continue
      kept[i] = 1
      taken[j] = 1
      break
    }
  return [kept, taken]
}

/** The overlaps of the other boxes. One more pair gains more than any overlaps. */
function withoutKept({ left, right, starts, members, gains }: Pairs, kept: Uint8Array, taken: Uint8Array): Pairs {
  const pair = Math.min(left, right) + 1
  const open: number[] = []
  const own = new Int32Array(left + 1)
  for (let i = 0; i < left; i++) {
    for (let at = starts[i]!; at < starts[i + 1]!; at++) if (kept[i] === 0 && taken[members[at]!] === 0) open.push(at)
    own[i + 1] = open.length
  }
  return {
    ...{ left, right, starts: own },
    members: Int32Array.from(open, (at) => members[at]!),
    gains: Float64Array.from(open, (at) => pair + gains[at]!),
  }
}
