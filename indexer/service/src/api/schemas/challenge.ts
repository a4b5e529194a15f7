/** A challenge as people and programs read it. */
import { z } from '@hono/zod-openapi'
import { Address, Amount, Asset, Cid, Meta, PageQuery, pageOf, Score, Time } from './common.ts'

export const ChallengeState = z
  .enum(['upcoming', 'awaiting_oracles', 'open', 'grading', 'ended', 'cancelled', 'expired'])
  .openapi('ChallengeState', {
    description:
      'awaiting_oracles: not every oracle has accepted yet. upcoming: accepted, not open yet. open: takes submissions. grading: the deadline has passed. ended: the last winner was found, or all is final after the deadline. expired: grade_by has passed, or the oracles did not accept in time.',
  })

export const Payout = z.object({ rule: z.literal('bounty'), reward: Amount, winners: z.int() }).openapi('Payout')

export const ChallengeOracle = z
  .object({
    address: Address,
    accepted: z.boolean(),
    keyVersion: z.int().nullable(),
    acceptedAt: Time.nullable(),
    acceptTx: z.string().nullable(),
    cursor: z.int().openapi({ description: 'Number of the last submission that it voted on or passed.' }),
    votes: z.int(),
    agreed: z.int(),
    disagreed: z.int(),
    missed: z.int(),
    feesEarned: Amount,
    feesWithdrawn: Amount,
  })
  .openapi('ChallengeOracle')

export const ManifestInfo = z
  .object({
    title: z.string(),
    summary: z.string(),
    tags: z.array(z.string()),
    kind: z.string(),
    license: z.string(),
    metric: z.string().openapi({ description: 'Metric id.' }),
    baseline: z.number(),
  })
  .openapi('ManifestInfo', {
    description: 'From the manifest, checked against its CID. Written by the maker: show as text.',
  })

export const ChallengeSummary = z
  .object({
    id: z.int(),
    maker: Address,
    state: ChallengeState,
    asset: Asset,
    payout: Payout,
    prize: Amount.openapi({ description: 'Locked at creation: reward × winners.' }),
    left: Amount.openapi({ description: 'Prize money that is not due to anybody yet.' }),
    paid: Amount.openapi({ description: 'Prizes and silence shares that reached their solvers.' }),
    deposit: Amount,
    threshold: Score,
    direction: z.enum(['maximize', 'minimize']),
    step: Score,
    opens: Time,
    acceptBy: Time,
    deadline: Time,
    gradeBy: Time,
    patienceSeconds: z.int(),
    attempts: z.int(),
    attemptsPerDay: z.int(),
    oracles: z.array(ChallengeOracle),
    quorum: z.int(),
    oracleFee: Amount,
    silenceShareBps: z.int(),
    opensTruth: z.boolean(),
    manifest: Cid,
    info: ManifestInfo.nullable().openapi({ description: 'null until the manifest could be fetched and checked.' }),
    submissions: z.int(),
    finalized: z.int().openapi({ description: 'Submissions up to this number are final.' }),
    solvers: z.int(),
    best: Score.nullable(),
    winners: z.int(),
    createdAt: Time,
    createdLedger: z.int(),
    createdTx: z.string(),
  })
  .openapi('ChallengeSummary')

export const ChallengeMoney = z
  .object({
    escrow: Amount,
    reserved: Amount,
    feeBudget: Amount,
    fees: Amount.openapi({ description: 'Earned by oracles and not withdrawn yet.' }),
    deposits: Amount,
    held: Amount,
    paid: Amount,
    refunded: Amount,
  })
  .openapi('ChallengeMoney', {
    description:
      'escrow + reserved + feeBudget + fees + deposits + held is what the contract holds for this challenge.',
  })

export const Default = z
  .object({
    at: Time,
    code: z.enum(['refund_without_acceptance', 'submissions_close', 'silence', 'refund_rest']),
    text: z.string(),
  })
  .openapi('Default', { description: 'What happens at that time if nobody acts.' })

export const Reveal = z.object({ by: Address, cid: Cid, tx: z.string(), at: Time }).openapi('Reveal')

export const Challenge = ChallengeSummary.extend({
  money: ChallengeMoney,
  rejectVoted: z.int().openapi({ description: 'Pending submissions that some oracle voted to reject.' }),
  silencePart: Amount.nullable(),
  endedAt: Time.nullable(),
  reveals: z.array(Reveal),
  events: z.int().openapi({ description: "How many of the contract's events name this challenge." }),
  defaults: z.array(Default),
  _meta: Meta,
}).openapi('Challenge')

export const ChallengeQuery = PageQuery.extend({
  state: ChallengeState.optional(),
  asset: Address.optional().openapi({ description: "The token's contract." }),
  maker: Address.optional(),
  oracle: Address.optional(),
  q: z.string().max(100).optional().openapi({ description: 'Words in title, summary and tags.' }),
  sort: z.enum(['newest', 'deadline', 'prize']).default('newest').openapi({
    description: 'newest first; the nearest deadline first, past ones last; the largest prize (in base units) first.',
  }),
})

export const ChallengePage = pageOf('Challenge', ChallengeSummary)
