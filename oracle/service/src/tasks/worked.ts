/** What the leases are told of a signed batch, where earnings are paid. */
import type { Standing } from './book.ts'

export type Worked = Readonly<{
  labeler: string
  attempt: number
  standing: Standing
  ids: readonly string[]
  layer: number
}>
