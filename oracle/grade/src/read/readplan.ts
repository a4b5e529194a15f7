/** What a file is read by. */

import type { Format } from '../formats/names.ts'
import type { ColumnShape } from '../shape.ts'
import type { ByteTable } from '../table/bytetable.ts'
import type { IdIndex } from '../table/ids.ts'

export interface ReadPlan {
  idColumn: string
  columns: readonly ColumnShape[]
  extraColumns: 'refuse' | 'ignore'
  /** Of the file, and of the text that it holds. */
  maxBytes: number
  /** What the file can be; a CSV if absent. */
  formats?: readonly Format[]
  /** Columns of probabilities need not add up to 1. */
  independent?: boolean
  /** The ids that must be there, each once. Without it any distinct ids will do. */
  index?: IdIndex
  /** Labels whose codes must stay the same, those of the truth. */
  labels?: ByteTable
  seed: number
  /** The order of the ids will be asked for. */
  ordered?: boolean
  /** Problems tell the shape of the values that have them, and hints: for submissions, never for truths. */
  explain?: boolean
}
