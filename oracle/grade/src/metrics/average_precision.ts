/** Average precision, the area under the precision-recall curve in steps. Maximize, 0 to 1. scikit-learn `average_precision_score`. */

import { compensatedSum } from '../arithmetic/sum.ts'
import type { NumberColumn } from '../table/columns.ts'
import { positives } from './binary.ts'
import { meanOfColumns, ofScores, sklearn } from './common.ts'
import { curveOf } from './curve.ts'
import type { Metric } from './metric.ts'
import { checkBothWeighted } from './roc_auc.ts'
import { positiveTrial } from './trials.ts'

export const averagePrecision: Metric = {
  ...ofScores,
  id: 'average_precision',
  title: 'Average precision',
  words:
    'How pure the top of the list is: precision at each positive row, averaged. With several columns, each a label of its own, their mean.',
  formula: 'Σ (recall − recall before) · precision over the distinct scores, highest first',
  source: sklearn('average_precision_score'),
  truthColumns: 'each',
  maxColumns: 1000,
  params: {
    posLabel: { kind: 'label', words: 'The positive class; the greater of the two labels if absent.' },
    average: {
      kind: 'choice',
      choices: ['macro', 'micro'],
      default: 'macro',
      words: 'With several columns: the mean over columns, or all cells as one list.',
    },
  },
  prepare(truth, params) {
    const { weights } = truth
    const rows = truth.columns.map((column) => positives(column, params, 'average_precision'))
    for (const positive of rows) checkBothWeighted(positive, weights, 'average_precision')
    if (params.average === 'micro') {
      const flags = joined(rows, Uint8Array)
      const all =
        weights &&
        joined(
          rows.map(() => weights),
          Float64Array,
        )
      return (predictions) =>
        areaInSteps(
          joined(
            predictions.map((column) => (column as NumberColumn).values),
            Float64Array,
          ),
          flags,
          all,
        )
    }
    return meanOfColumns(truth, (_, place) => (predicted) => {
      return areaInSteps((predicted as NumberColumn).values, rows[place]!, weights)
    })
  },
  trial: positiveTrial,
}

function joined<T extends Uint8Array | Float64Array>(parts: readonly T[], type: new (size: number) => T): T {
  const size = parts[0]!.length
  const all = new type(size * parts.length)
  for (const [i, part] of parts.entries()) all.set(part as never, i * size)
  return all
}

function areaInSteps(scores: Float64Array, positive: Uint8Array, weights: Float64Array | undefined): number {
  const curve = curveOf(scores, positive, weights)
  const all = curve.positives[curve.positives.length - 1]!
  return (
    compensatedSum(curve.positives.length, (i) => {
      const found = curve.positives[i]!
      const gained = found - (i === 0 ? 0 : curve.positives[i - 1]!)
      return gained === 0 ? 0 : gained * (found / (found + curve.negatives[i]!))
    }) / all
  )
}
