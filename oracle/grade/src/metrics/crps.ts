/** Continuous ranked probability score of samples. Minimize, from 0. Gneiting and Raftery 2007. */

import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { entryText } from '../table/bytetable.ts'
import type { LabelColumn } from '../table/columns.ts'
import type { Metric } from './metric.ts'
import { numbers, regression } from './regression.ts'

export const crps: Metric = {
  ...regression,
  id: 'crps',
  title: 'Continuous ranked probability score',
  words:
    'The error of a predicted distribution, given as samples in a cell; for one sample it is the mean absolute error.',
  formula: 'mean of E|X − truth| − ½·E|X − X′|, X and X′ being samples of the cell',
  source: 'Gneiting, Raftery: Strictly Proper Scoring Rules, Prediction, and Estimation, 2007',
  truthColumns: 'one',
  columnTypes: ['numbers'],
  maxColumns: 1,
  params: {},
  prepare: (truth) => (predictions) => {
    const t = numbers(truth.columns[0]!)
    const { codes, labels } = predictions[0] as LabelColumn
    const samples = new Map<number, Float64Array>()
    const samplesOf = (code: number): Float64Array => {
      let own = samples.get(code)
      if (!own) {
        const text = entryText(labels, code)
        own = text === '' ? new Float64Array() : Float64Array.from(text.split(' '), Number).sort()
        samples.set(code, own)
      }
      return own
    }
    return weightedMean(t.length, truth.weights, (i) => {
      const own = samplesOf(codes[i]!)
      const m = own.length
      // Of no samples there is no distribution: 0 ÷ 0.
      const distance = compensatedSum(m, (k) => Math.abs(own[k]! - t[i]!)) / m
      // Σ over pairs of |x − x′|, by how often each sorted sample is the greater one less how often the lesser.
      const spread = compensatedSum(m, (k) => (2 * k + 1 - m) * own[k]!) / (m * m)
      return distance - spread
    })
  },
  trial(truth) {
    const t = numbers(truth.columns[0]!)
    const mean = compensatedSum(t.length, (i) => t[i]!) / t.length
    return { perfect: (rank) => [String(t[rank]!)], constant: [String(mean)] }
  },
}
