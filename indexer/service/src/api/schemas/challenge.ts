/** A challenge as people and programs read it. */
import { z } from '@hono/zod-openapi'
import { Address, Amount, Asset, Cid, Hash, Meta, orNull, PageQuery, pageOf, Score, Time } from './common.ts'

export const ChallengeState = z
  .enum(['upcoming', 'awaiting_oracles', 'open', 'grading', 'ended', 'cancelled', 'expired'])
  .openapi('ChallengeState', {
    description:
      'awaiting_oracles: not every oracle has accepted yet. upcoming: accepted, not open yet. open: takes submissions. grading: the deadline has passed. ended: the last winner was found, or all is final after the deadline. expired: grade_by has passed, or the oracles did not accept in time.',
  })

export const Rule = z.enum(['bounty', 'ranked', 'per_unit', 'earnings']).openapi('Rule', {
  description:
    'bounty: a reward to each of the first who reach the threshold. ranked: prizes to the best after the deadline. per_unit: a rate for each accepted unit of a batch. earnings: by Merkle roots of cumulative amounts.',
})

export const Payout = z
  .discriminatedUnion('rule', [
    z.object({ rule: z.literal('bounty'), reward: Amount, winners: z.int() }),
    z.object({ rule: z.literal('ranked'), prizes: z.array(Amount).openapi({ description: 'The largest first.' }) }),
    z.object({
      rule: z.literal('per_unit'),
      rate: Amount,
      maxUnits: z.int().openapi({ description: 'The largest batch that one submission may bring.' }),
    }),
    z.object({ rule: z.literal('earnings') }),
  ])
  .openapi('Payout', { description: 'Frozen at creation. Which fields there are, `rule` says.' })

export const RankingStatus = z.enum(['open', 'posted', 'table']).openapi('RankingStatus', {
  description:
    'open: not decided. posted: a quorum of oracles posted the board. table: no quorum did before gradeBy, so the running table counts, its prizes scaled by graded / submitted.',
})

export const EarningsTotals = z
  .object({
    epochs: z.int().openapi({ description: 'Epochs with a quorum; they are numbered from 1.' }),
    total: Amount.openapi({ description: "All that was ever earned: the last epoch's total." }),
    claimed: Amount,
  })
  .openapi('EarningsTotals')

export const ChallengeOracle = z
  .object({
    address: Address,
    accepted: z.boolean(),
    keyVersion: z.int().nullable(),
    acceptedAt: orNull(Time),
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
    prize: Amount.openapi({ description: 'Locked at creation: all rewards, all prizes, or what the maker chose.' }),
    added: Amount.openapi({ description: 'Added to the prize since.' }),
    left: Amount.openapi({ description: 'Prize money that is neither due to anyone nor reserved.' }),
    reserved: Amount.openapi({ description: 'Set aside for batches that wait for their verdict.' }),
    paid: Amount.openapi({ description: 'Prizes, silence shares and earnings that reached their solvers.' }),
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
    info: orNull(ManifestInfo).openapi({ description: 'null until the manifest could be fetched and checked.' }),
    submissions: z.int(),
    finalized: z.int().openapi({ description: 'Submissions up to this number are final.' }),
    solvers: z.int(),
    best: orNull(Score),
    winners: z.int().openapi({ description: 'Places taken on the board.' }),
    ranking: orNull(RankingStatus).openapi({ description: 'null unless the rule is ranked.' }),
    earnings: orNull(EarningsTotals).openapi({ description: 'null unless the rule is earnings.' }),
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
    unclaimed: Amount.openapi({ description: 'Earned by labelers and not claimed yet.' }),
    added: Amount.openapi({ description: 'Added to the prize after creation.' }),
    paid: Amount,
    refunded: Amount,
  })
  .openapi('ChallengeMoney', {
    description:
      'escrow + reserved + feeBudget + fees + deposits + held + unclaimed is what the contract holds for this challenge.',
  })

export const Default = z
  .object({
    at: Time,
    code: z.enum(['refund_without_acceptance', 'submissions_close', 'running_table', 'silence', 'refund_rest']),
    text: z.string(),
  })
  .openapi('Default', { description: 'What happens at that time if no one acts.' })

export const Reveal = z.object({ by: Address, cid: Cid, tx: z.string(), at: Time }).openapi('Reveal')

export const Place = z
  .object({
    place: z.int().openapi({ description: '1 is the first.' }),
    solver: Address,
    number: z.int(),
    attempt: z.int(),
    score: Score.openapi({
      description: "On the private part of the truth once a ranking is posted, else the step's.",
    }),
    prize: Amount.openapi({ description: 'What the place brings as things stand.' }),
    paid: z.boolean(),
  })
  .openapi('Place')

export const RankingPost = z
  .object({
    oracle: Address,
    report: Cid,
    rows: z.array(z.object({ solver: Address, attempt: z.int(), score: Score })),
    quorum: z.boolean().openapi({ description: 'With it these rows became the board.' }),
    at: Time,
    tx: z.string(),
  })
  .openapi('RankingPost', { description: 'A ranking as one oracle posted it, best first.' })

export const EpochVote = z
  .object({
    epoch: z.int(),
    oracle: Address,
    root: Hash,
    total: Amount,
    report: Cid,
    dropped: z.boolean().openapi({ description: 'No quorum could come of it; the oracles began again.' }),
    quorum: z.boolean().openapi({ description: 'It made the epoch.' }),
    at: Time,
    tx: z.string(),
  })
  .openapi('EpochVote')

export const Epoch = z
  .object({
    epoch: z.int(),
    root: Hash,
    total: Amount.openapi({ description: 'Earned by all labelers since the beginning.' }),
    increase: Amount.openapi({ description: 'What this epoch moved out of the escrow, out of reach of every refund.' }),
    fees: Amount,
    report: Cid,
    votes: z.array(EpochVote),
    at: Time,
    tx: z.string(),
  })
  .openapi('Epoch', { description: 'What a quorum of oracles posted; each labeler claims against it with a proof.' })

export const EpochPage = pageOf('Epoch', Epoch)

export const Units = z.object({ submitted: z.int(), accepted: z.int(), pending: z.int() }).openapi('Units', {
  description: 'Units in all batches, those that were accepted, those that wait for their verdict.',
})

export const Challenge = ChallengeSummary.extend({
  money: ChallengeMoney,
  rejectVoted: z.int().openapi({ description: 'Pending submissions that some oracle voted to reject.' }),
  silencePart: orNull(Amount),
  endedAt: orNull(Time),
  reveals: z.array(Reveal),
  board: z.array(Place).openapi({
    description:
      'Winners of a bounty in the order of their submissions; the running table of a ranking, or the ranking.',
  }),
  rankings: z.array(RankingPost).openapi({ description: 'In the order in which they were posted.' }),
  epochVotes: z.array(EpochVote).openapi({ description: 'Votes on the epoch to come.' }),
  units: orNull(Units).openapi({ description: 'null unless the rule is per_unit.' }),
  events: z.int().openapi({ description: "How many of the contract's events name this challenge." }),
  defaults: z.array(Default),
  atLedger: z.int().nullable().openapi({ description: 'The past that was asked for; null: now.' }),
  _meta: Meta,
}).openapi('Challenge')

export const ChallengeQuery = PageQuery.extend({
  state: ChallengeState.optional(),
  asset: Address.optional().openapi({ description: "The token's contract." }),
  maker: Address.optional(),
  oracle: Address.optional(),
  rule: Rule.optional(),
  q: z.string().max(100).optional().openapi({ description: 'Words in title, summary and tags.' }),
  sort: z.enum(['newest', 'deadline', 'prize']).default('newest').openapi({
    description: 'newest first; the nearest deadline first, past ones last; the largest prize (in base units) first.',
  }),
})

export const ChallengePage = pageOf('Challenge', ChallengeSummary)
