/** How each row of the state is written. */
import { BADGES, BURNS, FOLDS, RECOUNT_OPENINGS, RECOUNTS } from './tables/beside.ts'
import { CHALLENGES, ORACLE_KEYS, PLACES, RANKINGS, REVEALS, SEATS, SHARES } from './tables/challenges.ts'
import { BEST_SCORES, CLAIMS, EPOCH_VOTES, PAYMENTS, SUBMISSIONS, VOTES } from './tables/submissions.ts'

export * from './tables/archive.ts'
export * from './tables/beside.ts'
export * from './tables/challenges.ts'
export * from './tables/submissions.ts'
export type { Table, Value } from './tables/table.ts'

/** What `rebuild` empties and makes again from the archive. */
export const PROJECTIONS = [
  ...[CHALLENGES, SEATS, SUBMISSIONS, VOTES, PAYMENTS, ORACLE_KEYS, REVEALS],
  ...[SHARES, PLACES, RANKINGS, EPOCH_VOTES, CLAIMS, BEST_SCORES, FOLDS, BADGES, BURNS],
  ...[RECOUNT_OPENINGS, RECOUNTS],
].map((table) => table.name)
