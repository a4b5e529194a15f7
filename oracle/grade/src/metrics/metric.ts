/** What a metric is: its terms for people and a function for the engine. */

import type { Column } from '../columns.ts'
import type { ColumnShape, ColumnType } from '../shape.ts'

export type MetricId =
  | 'accuracy'
  | 'f1_macro'
  | 'f1_micro'
  | 'f1_weighted'
  | 'f1_binary'
  | 'roc_auc'
  | 'log_loss'
  | 'rmse'
  | 'mae'
  | 'r2'

export type Direction = 'maximize' | 'minimize'

/** Parameters as they stand in the manifest. A metric refuses those that it does not know. */
export interface MetricParams {
  /** f1: the classes that count (default: all in truth or prediction). log_loss: the label of each probability column (default: its name). */
  labels?: readonly (string | number)[]
  /** The positive class. f1_binary: default `1`. roc_auc, log_loss with one column: default the greater of the two labels. */
  posLabel?: string | number
}

/** Scores predictions, whose rows are those of the truth that it was made for. Infinite if the metric overflows. */
export type Scorer = (predictions: readonly Column[]) => number

export interface Metric {
  readonly id: MetricId
  /** Raised when the same files would get another score. */
  readonly version: number
  readonly title: string
  readonly direction: Direction
  /** Smallest and largest value; null where there is no bound. */
  readonly range: readonly [number | null, number | null]
  /** The value of a perfect prediction. */
  readonly best: number
  readonly formula: string
  /** Types that the truth's value column may have. */
  readonly truthTypes: readonly ColumnType[]
  /** Types that the columns of a submission may have. For labels it must be the truth's own type. */
  readonly columnTypes: readonly ColumnType[]
  /** How many columns of a submission it reads. */
  readonly maxColumns: number
  readonly params: readonly (keyof MetricParams)[]
  /**
   * Makes the scorer for a truth, whose rows are in the order of their ids. Throws `GradeError` `truth_degenerate` where the metric is
   * not defined for it, `params_invalid` or `shape_invalid`.
   */
  prepare(truth: Column, params: MetricParams, columns: readonly ColumnShape[]): Scorer
}
