/** F1 of identities of tracked objects. Maximize, 0 to 1. Ristani et al. 2016; py-motmetrics `idf1`. */

import { bestPairs, type Spend } from './assignment.ts'
import type { Metric } from './metric.ts'
import {
  createSpend,
  ofTracks,
  overlapsOf,
  type Sequence,
  TRACK_THRESHOLD,
  TrackPairs,
  trackedTruth,
} from './tracks.ts'

export const idf1: Metric = {
  ...ofTracks,
  id: 'idf1',
  title: 'F1 of identities',
  words: 'How many boxes of tracked objects have the one track that stands for their object through the sequence.',
  range: [0, 1],
  formula:
    '2·IDTP ÷ (true boxes + predicted boxes), over all sequences; of each sequence, true and predicted tracks are paired one to one so that most boxes of a pair overlap by the threshold in the same frame, and IDTP is their number',
  source: 'https://doi.org/10.1007/978-3-319-48881-3_2',
  params: { threshold: TRACK_THRESHOLD },
  prepare(truth, { threshold }) {
    const tracked = trackedTruth(truth, 'idf1')
    return (predictions) => {
      const spend = createSpend()
      let [right, boxes] = [0, tracked.boxes]
      for (const sequence of tracked.sequences(predictions[0]!)) {
        if (!sequence) return Number.NaN
        for (const { guess } of sequence.frames) boxes += guess.boxes.length
        right += boxesOfPairs(sequence, threshold!, spend)
      }
      return (2 * right) / boxes
    }
  },
}

function boxesOfPairs(sequence: Sequence, threshold: number, spend: Spend): number {
  const pairs = new TrackPairs(sequence)
  for (const frame of sequence.frames) {
    const { starts, members } = overlapsOf(frame, threshold)
    for (const [i, track] of frame.truth.tracks.entries())
      for (let at = starts[i]!; at < starts[i + 1]!; at++) pairs.add(track, frame.guess.tracks[members[at]!]!, 1)
  }
  const entries = pairs.entries()
  const starts = new Int32Array(sequence.truthTracks + 1)
  for (const { truth } of entries) starts[truth + 1]!++
  for (let i = 0; i < sequence.truthTracks; i++) starts[i + 1]! += starts[i]!
  const found = bestPairs(
    {
      ...{ left: sequence.truthTracks, right: sequence.guessTracks, starts },
      members: Int32Array.from(entries, ({ guess }) => guess),
      gains: Float64Array.from(entries, ({ place }) => pairs.sums[place]!),
    },
    spend,
  )
  return found.reduce((sum, guess, truth) => sum + (guess < 0 ? 0 : pairs.sums[pairs.placeOf(truth, guess)]!), 0)
}
