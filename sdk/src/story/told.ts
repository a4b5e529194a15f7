/** What steps and sentences are made of. */
import type { Standing } from '@stellartrain/contracts-client/rules'
import type { StoryAmounts } from './amounts.ts'
import type { Waiting } from './waiting.ts'

export type StoryNext = { says: string /** Unix seconds; null: now, or at no known time. */; at: number | null }

export type Told = {
  standing: Standing
  why: string
  next: StoryNext | null
  final: boolean
  amounts: StoryAmounts
  /** Null once it stands decided. */
  waits: Waiting | null
  /** What grading cost, and what comes back. */
  own: string[]
}
