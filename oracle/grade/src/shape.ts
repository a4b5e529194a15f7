/** What a truth file and a submission look like, and the counted limits that decide a verdict. */

import type { Format } from './formats/names.ts'
import type { OnnxRuntime } from './onnx/runtime.ts'

/**
 * `number` is any finite float64; `integer` a whole number below 2^53 in any notation; `probability` a number in [0, 1]; `label` text.
 * The others are texts with a form of their own, longer than a label may be, and may be empty: `text` any text; `list` items with one
 * space between two of them; `numbers` a list of numbers; `rle` a mask as run lengths.
 */
export type ColumnType = 'number' | 'integer' | 'label' | 'probability' | CellType
export type CellType = 'text' | 'list' | 'numbers' | 'rle'

export interface ColumnShape {
  /** Exact name in the header: case and spaces matter. */
  name: string
  type: ColumnType
  /** For `label` and the items of `list`: the labels that are allowed; all if absent. Compared as UTF-8 text, so `1` and `1.0` differ. */
  labels?: readonly string[]
  /** For `list` and `numbers`: the most items of a cell. */
  maxItems?: number
  /** For numbers: smallest value allowed. */
  min?: number
  /** For numbers: largest value allowed. */
  max?: number
}

/** What a model gets and may use, where submissions are models: programs that predict, in the place of predictions. */
export interface ModelShape {
  /** Columns of the truth file that it gets. */
  inputs: readonly ColumnShape[]
  fuel: number
  memoryMib: number
  /** What runs ONNX models; without it they can be looked at, but not run. */
  onnx?: OnnxRuntime
}

/** Where files have several rows an id: each row is a record of these fields, and all records of an id are one cell of the only column. */
export interface LongShape {
  fields: readonly { name: string; type: 'number' | 'string' }[]
}

/** What a submission looks like. Columns may come in any order in the file; all of them must be there. */
export interface SubmissionShape {
  idColumn: string
  columns: readonly ColumnShape[]
  /** What the file can be; a CSV if absent. */
  formats?: readonly Format[]
  /** Number of rows, where the ids are not known. */
  rows?: number
  /** Largest size in bytes, of the file and of the text that it holds; 50 MiB if absent. */
  maxBytes?: number
  /** Columns that the shape does not name are refused, unless this is `ignore`. */
  extraColumns?: 'refuse' | 'ignore'
  /** Several columns of probabilities are independent of each other, instead of adding up to 1. */
  independent?: boolean
  /** Files have several rows an id. */
  long?: LongShape
  /** Files are models, which make the table that the rest of this shape describes. */
  model?: ModelShape
}

/** What a truth file looks like. */
export interface TruthShape {
  idColumn: string
  valueColumn: string
  type: ColumnType
  /** Further value columns, where the metric reads several. */
  moreColumns?: readonly ColumnShape[]
  /** Column with a weight of at least 0 in each row. */
  weightColumn?: string
  /** Column that names the group of each row. */
  groupColumn?: string
  /** Columns that models get. */
  inputs?: readonly ColumnShape[]
  /** Column with `public` or `private` in each row. Without it all rows count as both. */
  usageColumn?: string
  maxBytes?: number
  /** Columns that the shape does not name are refused, unless this is `ignore`. */
  extraColumns?: 'refuse' | 'ignore'
}

/** Counted, never timed, so that every machine gives the same verdict. */
export const LIMITS = {
  /** Bytes of a file where the shape does not say. */
  maxBytes: 50 * 1024 * 1024,
  /** How many times its size a packed file may unpack to, once that is more than `ratioFrom` bytes. */
  maxRatio: 1000,
  ratioFrom: 1024 * 1024,
  /** Rows below the header. */
  maxRows: 10_000_000,
  /** Columns in the header. */
  maxColumns: 1024,
  /** Bytes between two separators. */
  maxFieldBytes: 4096,
  /** The same in a file with a column of type `text`, `list`, `numbers` or `rle`. */
  maxTextBytes: 4 * 1024 * 1024,
  /** Characters (code points) of a cell of type `text`. */
  maxTextCharacters: 100_000,
  /**
   * Where a metric compares each item of a text with each of another: such pairs in all rows of a file, some ten seconds of work. A truth
   * may have a quarter of them with itself, so that texts up to four times as long as the true ones are never refused.
   */
  maxTextPairs: 40_000_000_000,
  maxTruthPairs: 10_000_000_000,
  /** Items of a cell where the shape does not say. */
  maxItems: 100_000,
  /** By how much the probabilities of a row may miss 1. */
  probabilityTolerance: 1e-5,
} as const

export const isCell = (type: ColumnType): type is CellType =>
  type === 'text' || type === 'list' || type === 'numbers' || type === 'rle'
