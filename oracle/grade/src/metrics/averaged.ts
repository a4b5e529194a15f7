/** Metrics that are a ratio of true, predicted and right rows of each class, averaged over classes in scikit-learn's ways. */

import { ofClasses } from './common.ts'
import { averageOverRows, averageRatio, checkClasses, countClasses, type Ratio } from './counts.ts'
import type { Metric, MetricParams } from './metric.ts'
import type { ParamSpec, ParamSpecs } from './paramspec.ts'

export const LABELS: ParamSpec = {
  kind: 'labels',
  words: 'The classes that count; without it those of truth or prediction. Averages over classes are safer with it.',
}
export const POS_LABEL: ParamSpec = { kind: 'label', words: 'The positive class; 1 if absent.' }
export const ZERO_DIVISION: ParamSpec = {
  kind: 'number',
  min: 0,
  max: 1,
  default: 0,
  words: 'What a ratio without any row counts as.',
}

const AVERAGE: ParamSpec = {
  kind: 'choice',
  choices: ['binary', 'micro', 'macro', 'weighted', 'samples'],
  default: 'binary',
  words:
    'binary: of the class posLabel. micro: from the counts of all classes together. macro: mean over classes. weighted: mean over classes by their true rows. samples: mean over rows of label sets.',
}

export const ofAverages = {
  ...ofClasses,
  truthTypes: ['label', 'integer', 'list'],
  columnTypes: ['label', 'integer', 'list'],
} as const satisfies Partial<Metric>

/** What averages a ratio, whose `average` is fixed or a parameter. */
export const averaging =
  (ratioOf: (params: MetricParams) => Ratio, fixed: MetricParams = {}): Metric['prepare'] =>
  (truth, given, columns) => {
    const params = { ...given, ...fixed }
    const lists = columns[0]!.type === 'list'
    checkClasses(truth, params, lists)
    const ratio = ratioOf(params)
    if (params.average === 'samples')
      return (predictions) => averageOverRows(truth, predictions[0]!, params.zero_division ?? 0, ratio)
    return (predictions) => averageRatio(countClasses(truth, predictions[0]!, lists), params, ratio)
  }

/** A metric of its own for each average by `average`. */
export function averaged(
  terms: Pick<Metric, 'id' | 'title' | 'words' | 'formula' | 'source'> & { params?: ParamSpecs },
  ratioOf: (params: MetricParams) => Ratio,
): Metric {
  const { params, ...rest } = terms
  return {
    ...ofAverages,
    ...rest,
    params: { ...params, average: AVERAGE, labels: LABELS, posLabel: POS_LABEL, zero_division: ZERO_DIVISION },
    prepare: averaging(ratioOf),
  }
}
