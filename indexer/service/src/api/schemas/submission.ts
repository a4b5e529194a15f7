/** A submission, its votes and its payment; the leaderboard. */
import { z } from '@hono/zod-openapi'
import { Address, Amount, Asset, Cid, EventId, Hash, LOST, Meta, orNull, pageOf, Score, Time } from './common.ts'
import { SubmissionRecount } from './recount.ts'

export const SubmissionStatus = z
  .enum(['pending', 'scored', 'rejected', 'unavailable', 'unsettled', 'void'])
  .openapi('SubmissionStatus', {
    description:
      'unavailable: a quorum could not fetch or grade it. unsettled: no one decided before the end. void: the last winner was found before its turn came.',
  })

export const Reason = z
  .object({ code: z.int(), name: z.string().nullable(), text: z.string() })
  .openapi('Reason', { description: 'Why it was rejected; `text` is for people.' })

const said = {
  verdict: z.enum(['scored', 'rejected', 'unavailable']),
  reason: orNull(Reason),
  score: orNull(Score),
  contentHash: orNull(Hash),
  units: z.int().nullable().openapi({ description: 'Accepted units; null unless scored.' }),
}

export const Vote = z
  .object({
    oracle: Address,
    ...said,
    late: z.boolean().openapi({ description: "Cast on what was concluded: it counts in the oracle's record alone." }),
    improved: z
      .boolean()
      .nullable()
      .openapi({ description: `It took the place of the oracle's own unavailable. ${LOST}` }),
    report: orNull(Cid).openapi({ description: LOST }),
    at: orNull(Time).openapi({ description: LOST }),
    tx: z.string().nullable().openapi({ description: LOST }),
  })
  .openapi('Vote')

export const Ballot = z
  .object({
    judge: Address,
    ...said,
    report: orNull(Cid).openapi({ description: `The judge's reasons. ${LOST}` }),
    at: orNull(Time).openapi({ description: LOST }),
    tx: z.string().nullable().openapi({ description: LOST }),
  })
  .openapi('Ballot')

export const Decision = z
  .object({
    ...said,
    by: z.enum(['oracles', 'judge']),
    oracles: z
      .array(Address)
      .nullable()
      .openapi({ description: `Whose equal votes came first; empty where the judge decided. ${LOST}` }),
    report: orNull(Cid),
    at: orNull(Time).openapi({ description: LOST }),
  })
  .openapi('Decision', { description: 'The verdict that can no longer change, even if no call has concluded it.' })

export const SubmissionFlags = z
  .object({
    carried: z.boolean().openapi({ description: 'It carries the fee of its verdict.' }),
    passed: z.boolean().openapi({ description: 'The queue moved on without it.' }),
    kept: z.boolean().openapi({ description: 'A place is kept for it.' }),
    held: z.boolean().openapi({ description: 'What comes back, or the pay of a batch, is due and was not delivered.' }),
    prizePaid: z.boolean().openapi({ description: 'Its prize was sent.' }),
    byJudge: z.boolean().openapi({ description: 'The judge decided.' }),
  })
  .openapi('SubmissionFlags')

export const NextStep = z
  .object({
    does: z.enum(['conclude', 'pass_over']),
    at: Time.openapi({ description: 'At the earliest, if no one votes, rules or settles another one.' }),
    why: z.enum(['turn', 'votes', 'patience', 'quorum', 'end']).nullable().openapi({
      description:
        'Why not now; null: now. turn: an earlier submission is first. votes: fewer than a quorum have voted. patience: they do not agree, and others still have time. quorum: they do not agree, and no queue waits. end: a ballot is carried out from the end on.',
    }),
  })
  .openapi('NextStep', { description: 'What settling does with it next.' })

export const Owed = z
  .object({
    prize: Amount,
    carry: Amount.openapi({ description: 'Of the fee that it carried.' }),
    deposit: Amount,
    pay: Amount.openapi({ description: "Of a batch's accepted units." }),
    total: Amount,
  })
  .openapi('Owed', { description: 'What release_payment would send for it now.' })

export const Payment = z.object({ amount: Amount, at: orNull(Time), tx: z.string().nullable() }).openapi('Payment', {
  description: `All that was sent for this submission so far; time and transaction of the last part. ${LOST}`,
})

export const Submission = z
  .object({
    challenge: z.int(),
    number: z.int(),
    solver: Address,
    attempt: z.int(),
    cid: Cid,
    commitment: orNull(Hash).openapi({ description: "The solver's commitment to what is inside; null: none." }),
    units: z.int().openapi({ description: 'As its solver declared them; 0 unless the rule is per_unit.' }),
    acceptedUnits: z.int().nullable().openapi({ description: 'null until it is scored.' }),
    reserved: Amount.openapi({ description: 'Set aside for it until its verdict.' }),
    asset: Asset,
    deposit: Amount,
    carried: Amount.openapi({ description: 'Oracle fees that the solver paid in because the fee budget was used up.' }),
    submittedAt: Time,
    submitLedger: z.int().nullable().openapi({ description: LOST }),
    submitTx: z.string().nullable().openapi({ description: LOST }),
    status: SubmissionStatus.openapi({ description: 'As the contract has it written.' }),
    standing: SubmissionStatus.openapi({
      description:
        'As any call would write it now: from the end on, and in a bounty that has ended, nothing stays pending.',
    }),
    reason: orNull(Reason),
    score: orNull(Score),
    meetsThreshold: z.boolean(),
    contentHash: orNull(Hash),
    decision: orNull(Decision),
    votes: z.array(Vote).openapi({ description: 'In the order in which they were cast.' }),
    votesWhole: z.boolean().openapi({
      description: 'false: votes may be missing; the contract keeps them only until it concludes a submission.',
    }),
    ballot: orNull(Ballot),
    heardAt: orNull(Time).openapi({
      description:
        'When as many oracles as the quorum needs had voted, whatever they said; null: not yet, or not known.',
    }),
    flags: SubmissionFlags,
    next: orNull(NextStep).openapi({ description: 'null once it is concluded.' }),
    queuePosition: z.int().nullable().openapi({
      description: '1 = the next in turn; null outside the queue of a bounty.',
    }),
    verdictAt: orNull(Time).openapi({ description: 'When a call concluded it; null: pending, or not known.' }),
    verdictLedger: z.int().nullable(),
    verdictTx: z.string().nullable(),
    report: orNull(Cid).openapi({ description: "Grade report behind the verdict, or the judge's reasons." }),
    won: z.boolean(),
    place: z.int().nullable().openapi({ description: 'Its place on the board; 1 is the first.' }),
    due: z.boolean().openapi({ description: 'The prize of its place is set aside, sent or not.' }),
    waiting: z.boolean().openapi({ description: 'It stands on a board and waits for what comes before it.' }),
    prize: Amount.openapi({
      description: 'What it won so far, sent or not: the prize that is due, the pay of its units.',
    }),
    prizeToCome: Amount.openapi({
      description: 'What its place would bring if nothing better came; 0 once it is due.',
    }),
    owed: Owed,
    payment: orNull(Payment),
  })
  .openapi('Submission')

export const SubmissionPage = pageOf('Submission', Submission)
export const SubmissionDetail = Submission.extend({
  recount: orNull(SubmissionRecount).openapi({
    description: 'Where the judge is the contract that grades and was shown something of it.',
  }),
  _meta: Meta,
}).openapi('SubmissionDetail')

export const LeaderboardRow = z
  .object({
    rank: z.int().openapi({
      description:
        "1 is best. Ties go to the earlier submission, so each rank is one solver's. Where the ranking of the oracles or the judge decides, its places come first.",
    }),
    solver: Address,
    number: z.int(),
    attempt: z.int(),
    score: Score,
    meetsThreshold: z.boolean(),
    won: z.boolean(),
    place: z.int().nullable().openapi({ description: "The solver's place on the board; 1 is the first." }),
    due: z.boolean(),
    waiting: z.boolean(),
    kept: z.boolean().openapi({ description: 'A place is kept for one of its submissions.' }),
    prize: Amount.openapi({ description: 'What the place brings as things stand; 0 without a place.' }),
    privateScore: orNull(Score).openapi({
      description: 'On the private part of the truth; null until a ranking decides, and for those not on it.',
    }),
    attempts: z.int().nullable().openapi({ description: LOST }),
    submittedAt: Time,
    paid: orNull(Amount).openapi({
      description: `All that reached this solver in this challenge, deposits not counted. ${LOST}`,
    }),
    lowerBound: z.boolean().openapi({
      description:
        'Submissions of this challenge are not known here: the solver may have a better one, and others may rank before it.',
    }),
  })
  .openapi('LeaderboardRow')

export const LeaderboardPage = pageOf('Leaderboard', LeaderboardRow)

export const ListedVote = z
  .object({
    id: orNull(EventId).openapi({ description: LOST }),
    challenge: z.int(),
    number: z.int(),
    by: Address.openapi({ description: 'The oracle, or the judge.' }),
    judge: z.boolean(),
    ...said,
    late: z.boolean(),
    improved: z.boolean().nullable().openapi({ description: LOST }),
    report: orNull(Cid).openapi({ description: LOST }),
    at: orNull(Time).openapi({ description: LOST }),
    ledger: z.int().nullable().openapi({ description: LOST }),
    tx: z.string().nullable().openapi({ description: LOST }),
  })
  .openapi('ListedVote', {
    description: 'What an oracle, or the judge, says of a submission; `id` is of the event that said it last.',
  })

export const VotePage = pageOf('Vote', ListedVote)

export const PaymentPart = z
  .object({
    id: EventId,
    challenge: z.int(),
    number: z.int(),
    solver: Address,
    asset: Asset,
    prize: Amount,
    pay: Amount.openapi({ description: "Of a batch's accepted units." }),
    back: Amount.openapi({ description: 'What came back: deposit and fees.' }),
    at: Time,
    tx: z.string(),
  })
  .openapi('PaymentPart', { description: 'What one event sent for one submission.' })

export const PaymentPage = pageOf('Payment', PaymentPart)
