/** Accounts, oracles and totals. */
import { z } from '@hono/zod-openapi'
import { ChallengeSummary } from './challenge.ts'
import { Address, Amount, Asset, AssetAmount, Cid, EventId, Hash, LOST, Meta, orNull, pageOf, Time } from './common.ts'
import { Submission } from './submission.ts'

export const LowerBound = z
  .boolean()
  .openapi({ description: 'Something is missing that may count here: no number is too high, and any may be too low.' })

export const OracleRecord = z
  .object({
    accepted: z.int().openapi({ description: 'Challenges accepted.' }),
    folded: z.int().openapi({ description: 'Challenges that count here.' }),
    votes: z.int(),
    unavailable: z.int(),
    agreed: z.int(),
    disagreed: z.int(),
    missing: z.int().openapi({ description: 'Submissions that no quorum decided and that lack its vote.' }),
  })
  .openapi('OracleRecord', { description: "The contract's own record: what calls of `close` have added to it so far." })

export const Oracle = z
  .object({
    address: Address,
    url: z.string(),
    key: Hash.openapi({ description: 'X25519 public key of the newest version.' }),
    keyVersion: z.int(),
    metadata: Cid,
    registeredAt: Time,
    votes: z.int().openapi({ description: 'In all challenges, as they stand.' }),
    unavailable: z.int(),
    agreed: z.int(),
    disagreed: z.int(),
    missing: z.int(),
    open: z.int(),
    lowerBound: LowerBound,
    record: OracleRecord,
    medianSecondsToVote: z
      .number()
      .nullable()
      .openapi({ description: 'Over 300 submissions of the newest challenges.' }),
  })
  .openapi('Oracle')

export const OraclePage = pageOf('Oracle', Oracle)

export const OracleKey = z
  .object({
    version: z.int(),
    key: Hash,
    url: z.string(),
    metadata: Cid,
    at: Time,
    tx: z.string().nullable().openapi({ description: LOST }),
  })
  .openapi('OracleKey')

export const OracleDetail = Oracle.extend({ keys: z.array(OracleKey), _meta: Meta }).openapi('OracleDetail')

export const Earned = z
  .object({ asset: Asset, amount: Amount, payments: z.int() })
  .openapi('Earned', { description: 'Prizes, pay of batches and earnings that were sent; deposits not counted.' })

export const Claim = z
  .object({
    id: EventId,
    challenge: z.int(),
    labeler: Address,
    epoch: z.int(),
    asset: Asset,
    amount: Amount,
    cumulative: Amount.openapi({
      description: 'All that this labeler was sent in this challenge, this claim included.',
    }),
    at: Time,
    tx: z.string(),
  })
  .openapi('Claim')

export const ClaimPage = pageOf('Claim', Claim)

export const AccountEarnings = z
  .object({
    challenge: z.int(),
    asset: Asset,
    claimed: Amount,
    claims: z.int(),
    epoch: z.int().openapi({ description: 'The latest epoch that was claimed against.' }),
    at: Time,
    tx: z.string(),
  })
  .openapi('AccountEarnings', {
    description: 'What a labeler was sent in a challenge paid by earnings, and when last.',
  })

export const MakerRecord = z
  .object({
    challenges: z.int(),
    cancelled: z.int(),
    decided: z.int().openapi({ description: 'Over, with everything decided.' }),
    undecided: z.int().openapi({ description: 'Over, with work undecided.' }),
    unopened: z
      .int()
      .openapi({ description: 'Over, and the truth that was promised is not opened by the maker, who may open it.' }),
  })
  .openapi('MakerRecord')

export const Account = z
  .object({
    address: Address,
    earned: z.array(Earned),
    earnings: z.array(AccountEarnings).openapi({ description: 'By challenge, the latest 20.' }),
    submissionCount: z.int(),
    wins: z.int(),
    lowerBound: LowerBound,
    submissions: z.array(Submission).openapi({ description: 'The latest 20.' }),
    challengeCount: z.int(),
    challenges: z.array(ChallengeSummary).openapi({ description: 'Made by this account, the latest 20.' }),
    maker: orNull(MakerRecord),
    oracle: orNull(Oracle),
    _meta: Meta,
  })
  .openapi('Account')

export const Totals = z
  .object({
    challenges: z.int(),
    open: z.int(),
    submissions: z.int(),
    solvers: z.int(),
    oracles: z.int(),
    lowerBound: LowerBound,
    locked: z.array(AssetAmount).openapi({ description: 'What the contract holds for all challenges.' }),
    paid: z.array(AssetAmount).openapi({ description: 'Prizes, pay of batches and earnings that were sent.' }),
    medianSecondsToVerdict: z.number().nullable().openapi({
      description:
        'From submission to the verdict that can no longer change, over 1,000 submissions of the newest challenges.',
    }),
    medianSecondsToPayment: z.number().nullable().openapi({
      description: "From submission to payment, over the same; a ranking's prizes count from the deadline.",
    }),
    _meta: Meta,
  })
  .openapi('Totals')
