/** What happened by day, for plots, and how the best score rose. */
import { z } from '@hono/zod-openapi'
import { LowerBound } from './account.ts'
import { Address, Amount, Asset, EventId, orNull, pageOf, Score, Time } from './common.ts'

/** Months differ in length: what a calendar moves to another day is none. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

export const Day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a day, YYYY-MM-DD')
  .refine(isDay, 'must be a day of the calendar')
  .openapi('Day', { format: 'date', description: 'A day in UTC.', example: '2026-11-22' })

export const dayFilters = {
  from: Day.optional().openapi({ description: 'The first day that is wanted.' }),
  to: Day.optional().openapi({ description: 'The last day that is wanted.' }),
}

const counts = {
  submissions: z.int(),
  verdicts: z.int().openapi({ description: 'Submissions that became final.' }),
  votes: z.int().openapi({ description: "Of oracles, and judges' ballots; each as it stands now." }),
  payments: z.int().openapi({ description: 'Prizes, pay of batches and claims of earnings that were sent.' }),
}

export const PaidOnDay = z.object({ asset: Asset, payments: z.int(), amount: Amount }).openapi('PaidOnDay')

export const DayTotals = z
  .object({
    day: Day,
    challenges: z.int().openapi({ description: 'That were created.' }),
    ...counts,
    paid: z.array(PaidOnDay).openapi({ description: 'By asset.' }),
    lowerBound: LowerBound,
  })
  .openapi('DayTotals')

export const DayTotalsPage = pageOf('DayTotals', DayTotals)

export const DayPayments = z
  .object({ day: Day, asset: Asset, payments: z.int(), amount: Amount, lowerBound: LowerBound })
  .openapi('DayPayments', { description: 'What was paid on a day in one asset.' })

export const DayPaymentsPage = pageOf('DayPayments', DayPayments)

export const ChallengeDay = z
  .object({ day: Day, ...counts, paid: Amount, lowerBound: LowerBound })
  .openapi('ChallengeDay')

export const ChallengeDayPage = pageOf('ChallengeDay', ChallengeDay)

export const BestScore = z
  .object({
    id: EventId,
    number: z.int().openapi({ description: 'Of the submission.' }),
    solver: Address,
    score: Score,
    at: Time.openapi({ description: 'When its verdict was final.' }),
    tx: z.string(),
  })
  .openapi('BestScore', { description: 'A score that was better than all that were final before it.' })

export const BestScorePage = pageOf('BestScore', BestScore)

export const SolverScore = z
  .object({
    challenge: z.int(),
    number: z.int().openapi({ description: 'Of the submission.' }),
    attempt: z.int(),
    score: Score,
    direction: z.enum(['maximize', 'minimize']),
    threshold: Score,
    submittedAt: Time,
    verdictAt: orNull(Time).openapi({ description: 'When its verdict was final.' }),
  })
  .openapi('SolverScore', { description: 'What one submission of an account scored.' })

export const SolverScorePage = pageOf('SolverScore', SolverScore)
