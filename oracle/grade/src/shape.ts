/** What a truth file and a submission look like, and the counted limits that decide a verdict. */

/** `number` is any finite float64; `integer` a whole number below 2^53 in any notation; `probability` a number in [0, 1]; `label` text. */
export type ColumnType = 'number' | 'integer' | 'label' | 'probability'

export interface ColumnShape {
  /** Exact name in the header: case and spaces matter. */
  name: string
  type: ColumnType
  /** For `label`: the labels that are allowed; all if absent. Compared as UTF-8 text, so `1` and `1.0` differ. */
  labels?: readonly string[]
  /** For numbers: smallest value allowed. */
  min?: number
  /** For numbers: largest value allowed. */
  max?: number
}

/** What a submission looks like. Columns may come in any order in the file; all of them must be there. */
export interface SubmissionShape {
  idColumn: string
  columns: readonly ColumnShape[]
  /** Number of rows, where the ids are not known. */
  rows?: number
  /** Largest size in bytes, 50 MiB if absent. */
  maxBytes?: number
  /** Columns that the shape does not name are refused, unless this is `ignore`. */
  extraColumns?: 'refuse' | 'ignore'
}

/** What a truth file looks like. */
export interface TruthShape {
  idColumn: string
  valueColumn: string
  type: ColumnType
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
  /** Rows below the header. */
  maxRows: 10_000_000,
  /** Columns in the header. */
  maxColumns: 1024,
  /** Bytes between two separators. */
  maxFieldBytes: 4096,
  /** By how much the probabilities of a row may miss 1. */
  probabilityTolerance: 1e-5,
} as const

export const isNumeric = (type: ColumnType): boolean => type !== 'label'
