/** A challenge as people and programs read it. */
import { z } from '@hono/zod-openapi'
import { PHASES } from '@stellartrain/contracts-client/rules'
import { Address, Amount, Asset, Cid, EventId, Hash, LOST, Meta, orNull, pageOf, Score, Time } from './common.ts'
import { ChallengeRecount } from './recount.ts'

export const PhaseName = z.enum(PHASES).openapi('Phase', {
  description:
    "cancelled: everything went back to the maker. accepting: the oracles try the truth and accept. lapsed: not all accepted in time. announced: accepted, not open yet. open: takes submissions and votes. grading: takes votes. ranking: the last patience of a ranking's grading, which takes rankings alone. judging: takes the judge's ballots. over: everything is decided or never will be. ended: a bounty found its last winner.",
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

export const RankingStatus = z.enum(['open', 'oracles', 'judge', 'running_table']).openapi('RankingStatus', {
  description:
    "By whom the prizes go. open: not decided. oracles: a quorum of oracles posted the ranking. judge: no quorum did, the judge's last one counts. running_table: no one ranked; the running table counts, in full.",
})

export const Judge = z
  .object({ address: Address, judgeBy: Time.openapi({ description: 'Ballots are taken from gradeBy until then.' }) })
  .openapi('Judge', { description: 'Who decides what the oracles leave undecided.' })

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
    votes: z
      .int()
      .nullable()
      .openapi({ description: `Submissions that it voted on, late votes included. ${LOST}` }),
    unavailable: z
      .int()
      .nullable()
      .openapi({ description: `Of these, unavailable that it never improved. ${LOST}` }),
    agreed: z
      .int()
      .nullable()
      .openapi({ description: `Votes equal to a quorum's verdict. ${LOST}` }),
    disagreed: z
      .int()
      .nullable()
      .openapi({ description: `Votes that a quorum contradicted. ${LOST}` }),
    missing: z
      .int()
      .nullable()
      .openapi({ description: `Concluded submissions that no quorum decided and that lack its vote. ${LOST}` }),
    open: z.int().openapi({ description: 'Votes on what is not concluded yet.' }),
    feesEarned: orNull(Amount).openapi({ description: LOST }),
    feesWithdrawn: orNull(Amount).openapi({ description: LOST }),
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

export const Completeness = z
  .object({
    state: z.enum(['partial', 'recovered']).openapi({
      description:
        "partial: events are missing, and whatever can change may be wrong; it is being repaired. recovered: read from the contract's own storage in ledger `asOf` and followed since: right but for `unknown`.",
    }),
    reason: z.string().openapi({ description: 'Why events are missing: gap, late_start, missing_events, differs.' }),
    since: z.int().openapi({ description: 'The ledger from which on its events are not whole.' }),
    asOf: z.int().nullable(),
    unknown: z.array(z.string()).openapi({
      description: 'Values that storage does not have: they are null, and sums over them are lower bounds.',
    }),
    unknownSubmissions: z
      .int()
      .openapi({ description: 'Submissions that the contract counts and that are not known here.' }),
  })
  .openapi('Completeness', { description: 'Of a challenge that is not known whole.' })

export const ChallengeSummary = z
  .object({
    id: z.int(),
    completeness: orNull(Completeness).openapi({ description: 'null: everything of it is known.' }),
    maker: Address,
    phase: PhaseName,
    nextPhaseAt: orNull(Time).openapi({ description: 'When the clock alone changes the phase next; null: never.' }),
    asset: Asset,
    payout: Payout,
    prize: orNull(Amount).openapi({
      description: `Locked at creation: all rewards, all prizes, or what the maker chose. ${LOST}`,
    }),
    added: orNull(Amount).openapi({ description: `Added to the prize since. ${LOST}` }),
    left: Amount.openapi({ description: 'Prize money that is neither due to anyone nor reserved.' }),
    reserved: Amount.openapi({ description: 'Set aside for batches that wait for their verdict.' }),
    paid: orNull(Amount).openapi({
      description: `Prizes, pay of batches and earnings that reached their solvers. ${LOST}`,
    }),
    deposit: Amount,
    threshold: Score,
    direction: z.enum(['maximize', 'minimize']),
    step: Score,
    opens: Time,
    acceptBy: Time,
    deadline: Time,
    votesEnd: Time.openapi({ description: 'Votes are taken before it: gradeBy, in a ranking one patience earlier.' }),
    gradeBy: Time,
    end: Time.openapi({ description: 'From here on nothing is decided, only carried out.' }),
    judge: orNull(Judge),
    gate: orNull(Address).openapi({ description: 'A contract that is asked whether it admits a solver.' }),
    patienceSeconds: z.int(),
    attempts: z.int(),
    attemptsPerDay: z.int(),
    uniqueContent: z.boolean().openapi({ description: 'Identical content of another solver earns nothing.' }),
    truth: orNull(Hash).openapi({ description: 'The commitment of the truth; null: there is none.' }),
    opensTruth: z.boolean(),
    oracles: z.array(ChallengeOracle),
    quorum: z.int().openapi({ description: 'The majority of the oracles.' }),
    oracleFee: Amount,
    verdictFee: Amount.openapi({
      description: 'What a verdict costs; also what a submission carries if the budget is less.',
    }),
    key: orNull(Hash).openapi({
      description: 'The challenge key, an X25519 recipient that submissions are sealed to; null until it is made.',
    }),
    manifest: Cid,
    info: orNull(ManifestInfo).openapi({ description: 'null until the manifest could be fetched and checked.' }),
    submissions: z.int(),
    concluded: z.int().openapi({ description: 'How many submissions are final.' }),
    decided: z.int().openapi({ description: 'How many have a verdict and are not concluded.' }),
    scored: z.int(),
    unsettled: z.int(),
    head: z.int().openapi({ description: 'The last number that the queue of a bounty has passed.' }),
    kept: z.int().openapi({ description: 'How many places are kept for submissions that were passed over.' }),
    due: z.int().openapi({ description: 'How many places have their prize set aside, as things stand.' }),
    solvers: z.int().nullable().openapi({ description: LOST }),
    best: orNull(Score).openapi({
      description: 'null: nothing is scored, or, if `completeness.unknown` names it, not known.',
    }),
    winners: z.int().openapi({ description: 'Places taken on the board.' }),
    ranking: orNull(RankingStatus).openapi({ description: 'null unless the rule is ranked.' }),
    earnings: orNull(EarningsTotals).openapi({ description: 'null unless the rule is earnings.' }),
    folded: z.boolean().openapi({
      description:
        'The challenge counts in the records of the maker and the oracles. What happens afterwards is added by later calls of `close`.',
    }),
    endedAt: orNull(Time).openapi({
      description: 'When a bounty found its last winner, or the challenge was cancelled.',
    }),
    createdAt: Time,
    createdLedger: z.int().nullable().openapi({ description: LOST }),
    createdTx: z.string().nullable().openapi({ description: LOST }),
  })
  .openapi('ChallengeSummary')

export const ChallengeMoney = z
  .object({
    escrow: Amount.openapi({ description: 'The prize that is not set aside for anyone.' }),
    reserved: Amount.openapi({ description: 'The most that ungraded batches can earn.' }),
    prizes: Amount.openapi({ description: 'Prizes that are due and were not sent.' }),
    budget: Amount.openapi({ description: 'Free for fees.' }),
    heldFees: Amount.openapi({ description: 'For the verdicts of open submissions that carry nothing.' }),
    rankingFees: Amount.openapi({ description: "For the first oracles of a ranking's quorum." }),
    fees: Amount.openapi({ description: 'Earned by oracles and not withdrawn yet.' }),
    deposits: Amount.openapi({ description: 'Of open submissions.' }),
    carried: Amount.openapi({ description: 'Fees that open submissions carry.' }),
    owed: Amount.openapi({ description: 'What comes back to solvers, and pay of batches, that was not sent.' }),
    unclaimed: Amount.openapi({ description: 'Earned by labelers and not claimed yet.' }),
    added: orNull(Amount).openapi({ description: `Added to the prize after creation. ${LOST}` }),
    feesAdded: orNull(Amount).openapi({ description: `Added to the fee budget after creation. ${LOST}` }),
    paid: orNull(Amount).openapi({ description: LOST }),
    refunded: orNull(Amount).openapi({ description: LOST }),
  })
  .openapi('ChallengeMoney', {
    description: 'The parts from escrow to unclaimed are together what the contract holds for this challenge.',
  })

export const Closing = z
  .object({
    prize: Amount.openapi({ description: 'Of the prize: what can no longer be won.' }),
    budget: Amount.openapi({ description: 'Of the fee budget.' }),
    total: Amount,
    keptPrize: Amount.openapi({ description: 'What someone can still win.' }),
    keptBudget: Amount,
    folds: z
      .boolean()
      .openapi({ description: 'Whether the call would add something to the records of the maker and the oracles.' }),
  })
  .openapi('Closing', { description: 'What `close` would send the maker now, and what stays.' })

export const Default = z
  .object({
    at: Time,
    code: z.enum([
      'refund_without_acceptance',
      'submissions_close',
      'votes_end',
      'judge_decides',
      'running_table',
      'unsettled',
      'refund_rest',
    ]),
    text: z.string(),
  })
  .openapi('Default', { description: 'What happens at that time if no one acts.' })

export const Reveal = z
  .object({
    by: Address,
    maker: z.boolean(),
    cid: Cid,
    tx: z.string().nullable().openapi({ description: LOST }),
    at: orNull(Time).openapi({ description: LOST }),
  })
  .openapi('Reveal', {
    description: 'A truth as the maker or an oracle opened it; the one that matches the commitment counts.',
  })

export const Place = z
  .object({
    place: z.int().openapi({ description: '1 is the first.' }),
    solver: Address,
    number: z.int(),
    attempt: z.int().nullable().openapi({ description: LOST }),
    score: orNull(Score).openapi({ description: `On the private part of the truth where a ranking decides. ${LOST}` }),
    prize: Amount.openapi({ description: 'What the place brings, or would bring as things stand.' }),
    due: z.boolean().openapi({ description: 'The prize is set aside for this place; what is due stays due.' }),
    waiting: z.boolean().openapi({ description: 'It stands on a board and waits for what comes before it.' }),
    paid: z
      .boolean()
      .nullable()
      .openapi({ description: `The prize was sent. ${LOST}` }),
  })
  .openapi('Place')

export const RankingPost = z
  .object({
    by: Address,
    judge: z.boolean(),
    report: Cid,
    rows: z.array(z.object({ solver: Address, attempt: z.int(), score: Score })),
    quorum: z.boolean().openapi({ description: 'With it the prizes go by these rows.' }),
    at: Time,
    tx: z.string(),
  })
  .openapi('RankingPost', { description: 'A ranking as one oracle or the judge posted it last, best first.' })

export const ListedRanking = RankingPost.extend({ id: EventId, challenge: z.int(), ledger: z.int() }).openapi(
  'ListedRanking',
)
export const RankingPage = pageOf('Ranking', ListedRanking)

export const EpochVote = z
  .object({
    epoch: z.int(),
    oracle: orNull(Address).openapi({ description: LOST }),
    root: Hash,
    total: Amount,
    report: orNull(Cid).openapi({ description: LOST }),
    quorum: z.boolean().openapi({ description: 'It made the epoch.' }),
    at: Time,
    tx: z.string().nullable().openapi({ description: LOST }),
  })
  .openapi('EpochVote')

export const Epoch = z
  .object({
    epoch: z.int(),
    root: Hash,
    total: Amount.openapi({ description: 'Earned by all labelers since the beginning.' }),
    increase: Amount.openapi({ description: 'What this epoch moved out of the escrow, out of reach of every refund.' }),
    fees: orNull(Amount).openapi({ description: LOST }),
    report: orNull(Cid).openapi({ description: LOST }),
    votes: z.array(EpochVote),
    at: Time,
    tx: z.string().nullable().openapi({ description: LOST }),
  })
  .openapi('Epoch', { description: 'What a quorum of oracles posted; each labeler claims against it with a proof.' })

export const EpochPage = pageOf('Epoch', Epoch)

export const Units = z.object({ submitted: z.int(), accepted: z.int(), pending: z.int() }).openapi('Units', {
  description: 'Units in all batches, those that were accepted, those that wait for their verdict.',
})

export const KeptPlace = z.object({ number: z.int(), solver: Address, attempt: z.int() }).openapi('KeptPlace', {
  description: 'A submission that the queue passed over and that a place is kept for.',
})

export const Challenge = ChallengeSummary.extend({
  money: ChallengeMoney,
  closing: orNull(Closing).openapi({ description: 'null where `close` would be refused.' }),
  shares: z.string().nullable().openapi({
    description: "Hexadecimal: the challenge key's private half, sealed to every oracle; null until it is made.",
  }),
  reveals: z.array(Reveal),
  board: z.array(Place).openapi({
    description:
      'Winners of a bounty, first those whose prize is due; the running table of a ranking, or the ranking that decides.',
  }),
  keptPlaces: z.array(KeptPlace),
  judgeRanked: z.boolean(),
  rankings: z.array(RankingPost).openapi({ description: 'In the order in which they were posted.' }),
  epochVotes: z.array(EpochVote).openapi({ description: 'Votes on the epoch to come.' }),
  units: orNull(Units).openapi({ description: 'null unless the rule is per_unit, or not known.' }),
  events: z
    .int()
    .nullable()
    .openapi({ description: `How many of the contract's events name this challenge. ${LOST}` }),
  defaults: z.array(Default),
  recount: orNull(ChallengeRecount).openapi({
    description:
      'Where the judge is the contract that grades, its rules are fixed and this index follows it (`recountFollowed`).',
  }),
  recountFollowed: z.boolean().openapi({
    description:
      'Whether the judge is the contract that grades whose events this index has. Where it is not, `recount` is null whatever was opened to the judge: its code and its events on the ledger say.',
  }),
  atLedger: z.int().nullable().openapi({ description: 'The past that was asked for; null: now.' }),
  _meta: Meta,
}).openapi('Challenge')

export const challengeFilters = {
  phase: PhaseName.optional(),
  asset: Address.optional().openapi({ description: "The token's contract." }),
  maker: Address.optional(),
  oracle: Address.optional(),
  rule: Rule.optional(),
  q: z.string().max(100).optional().openapi({
    description:
      'Words in title, tags and summary, or a number like `#12`. Beginnings of words and words with a letter wrong are found as well; the order is then by how well they fit, unless `sort` is given; of words that more than 1,000 manifests have, the newest first.',
  }),
  sort: z.enum(['newest', 'deadline', 'prize', 'relevance']).optional().openapi({
    description:
      'newest first (the default); the nearest deadline first, past ones last; the largest prize (in base units) first; relevance (the default with `q`): what fits the words best first.',
  }),
}

export const ChallengePage = pageOf('Challenge', ChallengeSummary)
