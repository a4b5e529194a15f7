/** What is read from elsewhere, and kept when the projections are made again. */
import type { ColumnType, Generated } from 'kysely'

export interface ManifestsTable {
  cid: string
  state: string
  attempts: Generated<number>
  next_try: Generated<string>
  last_error: string | null
  title: string | null
  summary: string | null
  tags: Generated<string[]>
  kind: string | null
  license: string | null
  metric: string | null
  baseline: number | null
  words: string | null
  /** Title, tags and summary in small letters. */
  search: ColumnType<string, never, never>
}

export interface AssetsTable {
  contract: string
  state: string
  attempts: Generated<number>
  next_try: Generated<string>
  code: string | null
  issuer: string | null
  native: Generated<boolean>
  decimals: number | null
}
