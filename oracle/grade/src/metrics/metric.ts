/** What a metric is: its terms for people and a function for the engine. */

import type { ColumnShape, ColumnType } from '../shape.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import type { MetricFamily, MetricId } from './families.ts'
import type { ParamSpecs } from './paramspec.ts'

export type { MetricFamily, MetricId } from './families.ts'

export type Direction = 'maximize' | 'minimize'

/** Parameters as they stand in the manifest. A metric refuses those that it does not know; the rest have its defaults when it is prepared. */
export interface MetricParams {
  /** The classes that count (default: all in truth or prediction). log_loss: the label of each probability column (default: its name). */
  labels?: readonly (string | number)[]
  /** The positive class. Where classes are predicted: default `1`. Where scores are: default the greater of the two labels. */
  posLabel?: string | number
  average?: string
  zero_division?: number
  beta?: number
  adjusted?: boolean
  weights?: string
  k?: number
  max_fpr?: number
  n_bins?: number
  strategy?: string
  scale_by_half?: string
  alpha?: number
  power?: number
  multioutput?: readonly number[]
  scale?: number
  average_method?: string
  variant?: string
  distribution?: string
  gain?: string
  lowercase?: boolean
  tokenize?: string
  thresholds?: readonly number[]
  max_detections?: number
  sigma_min?: number
  error_max?: number
  empty?: string
  relative?: boolean
  bands?: readonly number[]
  band_weights?: readonly number[]
  overall_weight?: number
  hausdorff_weight?: number
  percentiles?: readonly number[]
  percentile?: number
  points?: string
  tolerance?: number
  quality?: string
  threshold?: number
  interpolation?: string
  group_average?: string
  area?: string
  annotations?: string
}

/** Scores predictions, whose rows are those of the truth that it was made for. Not finite where the metric has no value. */
export type Scorer = (predictions: readonly Column[]) => number

/** The rows that are graded, in the order of their ids. */
export interface MetricTruth {
  /** The value columns: one, or those that the metric asks for, in its order. */
  readonly columns: readonly Column[]
  /** Of each row, where the truth has a column `weight`; at least one is above 0. */
  readonly weights?: Float64Array | undefined
  /** Of each row, where the truth has a column `group`. */
  readonly groups?: LabelColumn | undefined
  /** Of each row, for evaluators that get them. */
  ids?(): readonly string[]
}

/** The cells of a row of a submission. */
export type Cells = readonly (string | number)[]

/** Predictions made from the truth, to try a challenge. */
export interface TrialRows {
  perfect(rank: number): Cells
  /** One that knows nothing: the same for each row. */
  readonly constant: Cells
}

export interface Metric {
  readonly id: MetricId
  /** Raised when the same files would get another score. */
  readonly version: number
  readonly title: string
  /** One sentence for people: what it tells. */
  readonly words: string
  readonly family: MetricFamily | 'evaluators'
  readonly direction: Direction
  /** Smallest and largest value; null where there is no bound. */
  readonly range: readonly [number | null, number | null]
  /** The value of a perfect prediction; where it depends on the truth, a bound that it cannot pass. */
  readonly best: number
  readonly formula: string
  /** Where the definition comes from. */
  readonly source: string
  /** Types that the truth's value columns may have. */
  readonly truthTypes: readonly ColumnType[]
  /**
   * How many value columns the truth has: one; `each`, one for each column of a submission, with its name where there are several;
   * or columns of these names.
   */
  readonly truthColumns: 'one' | 'each' | readonly { readonly name: string; readonly type: ColumnType }[]
  /** Types that the columns of a submission may have. For classes it must be the truth's own type. */
  readonly columnTypes: readonly ColumnType[]
  /** The fewest columns of a submission that it reads; 1 if absent. */
  readonly minColumns?: number
  /** How many columns of a submission it reads. */
  readonly maxColumns: number
  /** Several columns of probabilities are independent of each other, instead of adding up to 1. */
  readonly independent?: true
  /** Whether rows may have weights. */
  readonly weights: boolean
  /** `own`: it needs the column `group`, whose rows belong together; `none`: it takes none. Otherwise groups are averaged, see `GROUP_PARAMS`. */
  readonly groups?: 'own' | 'none'
  /** The items of a text, where every one of them is compared with every one of the true text: what a row costs is their product. */
  readonly itemsOf?: (text: string) => { readonly length: number }
  readonly params: ParamSpecs
  /**
   * Makes the scorer for a truth, whose rows are in the order of their ids. Throws `GradeError` `truth_degenerate` where the metric is
   * not defined for it, `params_invalid` or `shape_invalid`.
   */
  prepare(truth: MetricTruth, params: MetricParams, columns: readonly ColumnShape[]): Scorer
  /** Predictions to try it with, where they are not the truth's own values, and their mean or the most frequent one. */
  trial?(truth: MetricTruth, params: MetricParams, columns: readonly ColumnShape[]): TrialRows
}
