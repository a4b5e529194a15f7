/** A file while its rows are read: what the careful way and the fast ones share. */

import type { Scan } from '../csv/scan.ts'
import type { IdCollector, IdIndex } from '../table/ids.ts'
import type { ColumnReader } from './readcolumn.ts'
import type { ReadPlan } from './readplan.ts'

export interface Reading {
  readonly plan: ReadPlan
  readonly scan: Scan
  readonly index: IdIndex | undefined
  readonly ids: IdCollector
  readonly readers: readonly ColumnReader[]
  /** Where in a row the id and each of the readers' columns are. */
  readonly positions: readonly number[]
  /** How many rows there is room for. */
  readonly capacity: number
  /** Where ids are given: the slots that were found. */
  readonly seen: Uint8Array
  /** Rows that have a problem. */
  readonly invalid: Uint8Array
  rows: number
  matched: number
}
