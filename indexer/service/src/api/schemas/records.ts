/** Solvers, their records and badges, and makers: what accounts have on-chain to show for themselves. */
import { z } from '@hono/zod-openapi'
import { LowerBound, MakerRecord } from './account.ts'
import { ChallengeSummary } from './challenge.ts'
import { Address, Amount, Asset, EventId, Meta, orNull, pageOf, Score, Time } from './common.ts'

export const SolverRecord = z
  .object({
    submissions: z.int().openapi({ description: 'Counted, whatever became of them; the five kinds add up to it.' }),
    scored: z.int(),
    rejected: z.int(),
    unavailable: z.int(),
    unsettled: z.int(),
    void: z.int(),
    wins: z.int().openapi({ description: 'Those that won something.' }),
  })
  .openapi('SolverRecord', {
    description:
      "The records contract's own counters: final submissions that anyone has counted there. No evidence against self-dealing.",
  })

export const Solver = z
  .object({
    address: Address,
    record: SolverRecord,
    first: orNull(Time).openapi({ description: 'When the first of them was counted.' }),
    last: orNull(Time).openapi({ description: 'When the latest of them was counted.' }),
    badges: z.int().openapi({ description: 'Taken and not destroyed.' }),
    withoutEvent: z.int().openapi({
      description: 'Of those in the record, how many `/v1/records` lacks because their events are lost.',
    }),
    lowerBound: LowerBound,
  })
  .openapi('Solver')

export const SolverPage = pageOf('Solver', Solver)
export const SolverDetail = Solver.extend({ _meta: Meta }).openapi('SolverDetail')

export const solverOrder = {
  sort: z
    .enum(['wins', 'submissions'])
    .default('wins')
    .openapi({ description: 'The most first; of equal ones by address, backwards.' }),
}

const counted = {
  challenge: z.int(),
  number: z.int().openapi({ description: 'Of the submission, in its challenge.' }),
  attempt: z.int(),
  solver: Address,
  score: orNull(Score),
  asset: Asset,
  prize: Amount.openapi({ description: 'What it won, sent or not.' }),
}
const said = { at: Time, ledger: z.int(), tx: z.string() }

export const RecordedSubmission = z
  .object({
    id: EventId,
    ...counted,
    verdict: z.enum(['pending', 'scored', 'rejected', 'unavailable', 'unsettled', 'void']),
    ...said,
  })
  .openapi('RecordedSubmission', { description: "A final submission that counts in its solver's record." })

export const RecordPage = pageOf('RecordedSubmission', RecordedSubmission)

export const Badge = z
  .object({
    id: z.int().openapi({ description: 'The token, numbered from 1.' }),
    ...counted,
    event: EventId,
    ...said,
    burned: z
      .object({ at: Time, ledger: z.int(), tx: z.string() })
      .nullable()
      .openapi({ description: 'Its owner destroyed it; null: it is there.' }),
  })
  .openapi('Badge', { description: 'A token that only its winner can hold, for one winning submission.' })

export const BadgePage = pageOf('Badge', Badge)
export const BadgeDetail = Badge.extend({ _meta: Meta }).openapi('BadgeDetail')

export const Maker = z.object({ address: Address, record: MakerRecord, lowerBound: LowerBound }).openapi('Maker')
export const MakerPage = pageOf('Maker', Maker)
export const MakerDetail = Maker.extend({
  challenges: z.array(ChallengeSummary).openapi({ description: 'The latest 20.' }),
  _meta: Meta,
}).openapi('MakerDetail')
