/** Expected calibration error: how far stated confidence is from the share that comes true. Minimize, 0 to 1. Naeini 2015, Guo 2017. */

import { compensatedSum, Sums } from '../arithmetic/sum.ts'
import { CLASS_COLUMN_PARAMS, classColumns, valuesOf } from './classcolumns.ts'
import { ofProbabilities } from './common.ts'
import type { Metric } from './metric.ts'
import { oneOrClassesTrial } from './trials.ts'

export const expectedCalibrationError: Metric = {
  ...ofProbabilities,
  id: 'expected_calibration_error',
  title: 'Expected calibration error',
  words: 'How far stated probabilities are from the shares that come true, over bins of equal width. Lower is better.',
  direction: 'minimize',
  best: 0,
  formula:
    'Σ over bins of (rows of the bin ÷ rows) · |mean probability − share that is true|; of the positive class, or with several columns of the most likely class. A bin holds its upper bound',
  source: 'Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, 2017',
  params: {
    ...CLASS_COLUMN_PARAMS,
    n_bins: { kind: 'number', integer: true, min: 1, max: 1000, default: 10, words: 'How many bins there are.' },
  },
  prepare(truth, params, columns) {
    const { places, classes, probability } = classColumns(
      truth.columns[0]!,
      params,
      columns,
      'expected_calibration_error',
    )
    const bins = params.n_bins!
    const { weights } = truth
    return (predictions) => {
      const values = valuesOf(predictions)
      const sums = { weight: new Sums(bins), stated: new Sums(bins), right: new Sums(bins) }
      for (let i = 0; i < places.length; i++) {
        let best = columns.length === 1 ? 1 : 0
        if (columns.length > 1)
          for (let place = 1; place < classes; place++)
            if (probability(values, place, i) > probability(values, best, i)) best = place
        const p = probability(values, best, i)
        let bin = Math.min(bins - 1, Math.floor(p * bins))
        // Rounding may have put it one bin too low or too high.
        while (bin > 0 && p <= bin / bins) bin--
        while (bin < bins - 1 && p > (bin + 1) / bins) bin++
        const weight = weights ? weights[i]! : 1
        sums.weight.add(bin, weight)
        sums.stated.add(bin, weight * p)
        if (places[i] === best) sums.right.add(bin, weight)
      }
      const [weight, stated, right] = [sums.weight.values(), sums.stated.values(), sums.right.values()]
      const total = compensatedSum(bins, (bin) => weight[bin]!)
      return compensatedSum(bins, (bin) => Math.abs(stated[bin]! - right[bin]!)) / total
    }
  },
  trial: oneOrClassesTrial,
}
