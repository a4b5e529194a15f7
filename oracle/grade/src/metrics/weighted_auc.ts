/** Area under the ROC curve with bands of true positive rates that count differently. Maximize, 0 to 1. ALASKA2 on Kaggle. */

import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { NumberColumn } from '../table/columns.ts'
import { positives } from './binary.ts'
import { ofScores } from './common.ts'
import { curveOf } from './curve.ts'
import type { Metric } from './metric.ts'
import { checkBothWeighted } from './roc_auc.ts'
import { positiveTrial } from './trials.ts'

export const weightedAuc: Metric = {
  ...ofScores,
  id: 'weighted_auc',
  title: 'Area under the ROC curve, weighted by bands',
  words:
    'The area to the right of the ROC curve, cut into bands of true positive rates of which some count more than others.',
  formula:
    'Σ wᵦ · Aᵦ ÷ Σ wᵦ · hᵦ over bands; Aᵦ is the area between the curve and false positive rate 1 within the band, hᵦ its height',
  source: 'https://www.kaggle.com/competitions/alaska2-image-steganalysis/overview/evaluation',
  truthColumns: 'one',
  maxColumns: 1,
  params: {
    posLabel: { kind: 'label', words: 'The positive class; the greater of the two labels if absent.' },
    bands: {
      kind: 'numbers',
      min: 0,
      max: 1,
      default: [0.4],
      words: 'The true positive rates at which one band ends and the next begins, ascending, without 0 and 1.',
    },
    band_weights: {
      kind: 'numbers',
      min: 0,
      default: [2, 1],
      words: 'How much each band counts, the lowest first: one more than bands has.',
    },
  },
  prepare(truth, params) {
    const positive = positives(truth.columns[0]!, params, 'weighted_auc')
    checkBothWeighted(positive, truth.weights, 'weighted_auc')
    const edges = [0, ...params.bands!, 1]
    const weights = params.band_weights!
    if (edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]!)))
      throw new GradeError('params_invalid', 'bands are rates between 0 and 1, ascending, each once.')
    if (weights.length !== edges.length - 1 || !weights.some((weight) => weight > 0))
      throw new GradeError('params_invalid', 'band_weights has one number more than bands, at least one above 0.')
    const whole = compensatedSum(weights.length, (band) => weights[band]! * (edges[band + 1]! - edges[band]!))
    return (predictions) => {
      const { positives: up, negatives } = curveOf((predictions[0] as NumberColumn).values, positive, truth.weights)
      const last = up.length - 1
      const at = (of: Float64Array, i: number): number => (i < 0 ? 0 : of[i]! / of[last]!)
      const area = (from: number, to: number): number =>
        compensatedSum(up.length, (i) => {
          const [x0, x1, y0, y1] = [at(negatives, i - 1), at(negatives, i), at(up, i - 1), at(up, i)]
          const [low, high] = [Math.max(y0, from), Math.min(y1, to)]
          if (!(high > low)) return 0
          const x = (y: number): number => x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)
          return (high - low) * (1 - (x(low) + x(high)) / 2)
        })
      return compensatedSum(weights.length, (band) => weights[band]! * area(edges[band]!, edges[band + 1]!)) / whole
    }
  },
  trial: positiveTrial,
}
