/** A submission, its votes and its payment; the leaderboard. */
import { z } from '@hono/zod-openapi'
import { Address, Amount, Asset, Cid, Hash, Meta, orNull, PageQuery, pageOf, Score, Time } from './common.ts'

export const SubmissionStatus = z
  .enum(['pending', 'scored', 'duplicate', 'rejected', 'unsettled', 'void', 'ungraded'])
  .openapi('SubmissionStatus', {
    description: 'void: not final when the last winner was found. ungraded: not final when grading was over.',
  })

export const Reason = z
  .object({ code: z.int(), name: z.string().nullable(), text: z.string() })
  .openapi('Reason', { description: 'Why it was rejected; `text` is for people.' })

export const Vote = z
  .object({
    oracle: Address,
    verdict: z.enum(['scored', 'rejected', 'unavailable']),
    reason: orNull(Reason),
    score: orNull(Score),
    contentHash: orNull(Hash),
    report: Cid,
    at: Time,
    tx: z.string(),
  })
  .openapi('Vote')

export const Payment = z.object({ amount: Amount, at: Time, tx: z.string() }).openapi('Payment', {
  description: 'All that was sent for this submission so far; time and transaction of the last part.',
})

export const Submission = z
  .object({
    challenge: z.int(),
    number: z.int(),
    solver: Address,
    attempt: z.int(),
    cid: Cid,
    units: z.int().openapi({ description: 'As its solver declared them; 0 unless the rule is per_unit.' }),
    acceptedUnits: z.int().nullable().openapi({ description: 'null until it is scored.' }),
    reserved: Amount.openapi({ description: 'Set aside for it until its verdict.' }),
    asset: Asset,
    deposit: Amount,
    carried: Amount.openapi({ description: 'Oracle fees that the solver paid in because the fee budget was used up.' }),
    submittedAt: Time,
    submitLedger: z.int(),
    submitTx: z.string(),
    status: SubmissionStatus,
    reason: orNull(Reason),
    score: orNull(Score),
    meetsThreshold: z.boolean(),
    contentHash: orNull(Hash),
    votes: z.array(Vote),
    queuePosition: z.int().nullable().openapi({ description: '1 = the next to become final; null when it is final.' }),
    verdictAt: orNull(Time),
    verdictLedger: z.int().nullable(),
    verdictTx: z.string().nullable(),
    report: orNull(Cid).openapi({ description: 'Grade report behind the verdict.' }),
    won: z.boolean(),
    place: z.int().nullable().openapi({ description: 'Its place on the board; 1 is the first.' }),
    prize: Amount.openapi({ description: 'What it earned, sent or not.' }),
    silence: Amount.openapi({ description: 'Share of the prize that it got for being left ungraded.' }),
    held: Amount.openapi({ description: 'Due, but not delivered: anyone can call release_payment.' }),
    depositReturned: z.boolean(),
    payment: orNull(Payment),
  })
  .openapi('Submission')

export const SubmissionPage = pageOf('Submission', Submission)
export const SubmissionDetail = Submission.extend({
  owed: Amount.openapi({ description: 'What release_payment would send for it now.' }),
  _meta: Meta,
}).openapi('SubmissionDetail')

export const SubmissionQuery = PageQuery.extend({
  order: z.enum(['newest', 'oldest']).default('newest'),
  solver: Address.optional(),
})

export const LeaderboardRow = z
  .object({
    rank: z.int().openapi({
      description:
        "1 is best. Ties go to the earlier submission, so each rank is one solver's. Once a ranking is posted, its places come first.",
    }),
    solver: Address,
    number: z.int(),
    attempt: z.int(),
    score: Score,
    meetsThreshold: z.boolean(),
    won: z.boolean(),
    place: z.int().nullable().openapi({ description: 'On the board; 1 is the first.' }),
    prize: Amount.openapi({ description: 'What the place brings as things stand; 0 without a place.' }),
    privateScore: orNull(Score).openapi({
      description: 'On the private part of the truth; null until a ranking is posted, and for those not on it.',
    }),
    attempts: z.int(),
    submittedAt: Time,
    paid: Amount.openapi({ description: 'All that reached this solver in this challenge, deposits not counted.' }),
  })
  .openapi('LeaderboardRow')

export const LeaderboardPage = pageOf('Leaderboard', LeaderboardRow)
