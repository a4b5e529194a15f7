/** Reads the rows that a page of events will touch, so that the projections find them in memory. */
import type { Selectable } from 'kysely'
import type { ClientBase } from 'pg'
import type { Payout, Verdict } from '../decode/events.ts'
import type { PlacedEvent } from '../project/apply.ts'
import type {
  BoardPlace,
  ChallengeRow,
  ChallengeStatus,
  ClaimRow,
  EpochVote,
  OracleKeyRow,
  OracleSeat,
  Ranking,
  RankingPost,
  RevealRow,
  SubmissionRow,
  VoteRecord,
} from '../project/model.ts'
import { submissionKey, World } from '../project/world.ts'
import type {
  BoardsTable,
  ChallengeOraclesTable,
  ChallengesTable,
  ClaimsTable,
  EpochVotesTable,
  OracleKeysTable,
  RankingsTable,
  RevealsTable,
  SubmissionsTable,
  VotesTable,
} from './database.ts'

/** Numbers of submissions that an event may read, both ends included. */
type Range = { challenge: number; from: number; to: number }

export async function loadWorld(client: ClientBase, events: readonly PlacedEvent[]): Promise<World> {
  const world = new World()
  const challenges = new Set<number>()
  const ranked = new Set<number>()
  const earning = new Set<number>()
  const ranges: Range[] = []
  for (const { event } of events) {
    if (!('challenge' in event)) continue
    challenges.add(event.challenge)
    const { challenge } = event
    if (event.type.startsWith('ranking_')) ranked.add(challenge)
    if (event.type === 'earnings_posted') earning.add(challenge)
    if (event.type === 'scored') {
      ranges.push({ challenge, from: event.first, to: event.first + event.votes.length - 1 })
      ranges.push({ challenge, from: event.settledFirst, to: event.settledFirst + event.settled.length - 1 })
    } else if (event.type === 'settled') {
      ranges.push({ challenge, from: event.first, to: event.first + event.settled.length - 1 })
    } else if (event.type === 'payment_released') ranges.push({ challenge, from: event.number, to: event.number })
  }
  if (challenges.size > 0) await loadChallenges(client, world, [...challenges])
  if (ranked.size > 0) {
    await loadRankings(client, world, [...ranked])
    for (const challenge of ranked)
      for (const { number } of world.challenges.get(challenge)?.board ?? [])
        ranges.push({ challenge, from: number, to: number })
    ranges.push(...(await findRanked(client, events)))
  }
  if (earning.size > 0) await loadEpochVotes(client, world, [...earning])
  const known = ranges.flatMap((range) => {
    // Later numbers come with the page itself.
    const to = Math.min(range.to, world.challenges.get(range.challenge)?.submitted ?? 0)
    return to >= range.from ? [{ ...range, to }] : []
  })
  if (known.length > 0) await loadSubmissions(client, world, merged(known))
  return world
}

/** Without overlaps, so that no row comes twice. */
function merged(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a.challenge - b.challenge || a.from - b.from)
  const result: Range[] = []
  for (const range of sorted) {
    const last = result.at(-1)
    if (last && last.challenge === range.challenge && range.from <= last.to + 1) last.to = Math.max(last.to, range.to)
    else result.push({ ...range })
  }
  return result
}

/** Everything but what was paid, for `verify`. */
export async function loadAll(client: ClientBase): Promise<World> {
  const world = new World()
  const { rows } = await client.query('select id, submitted from challenges order by id')
  const challenges = (rows as { id: string; submitted: string }[]).map((row) => [Number(row.id), Number(row.submitted)])
  await loadChallenges(
    client,
    world,
    challenges.map(([id]) => id!),
  )
  const ranges = challenges.map(([challenge, to]) => ({ challenge: challenge!, from: 1, to: to! }))
  await loadSubmissions(client, world, ranges)
  const all = async <Row>(table: string, order: string) =>
    (await client.query(`select * from ${table} order by ${order}`)).rows as Row[]
  for (const row of await all<Selectable<RankingsTable>>('rankings', 'event_id')) world.addRanking(readRanking(row))
  for (const row of await all<Selectable<EpochVotesTable>>('epoch_votes', 'event_id'))
    world.addEpochVote(readEpochVote(row))
  world.newClaims.push(...(await all<Selectable<ClaimsTable>>('claims', 'event_id')).map(readClaim))
  world.newKeys.push(...(await all<Selectable<OracleKeysTable>>('oracle_keys', 'oracle, version')).map(readKey))
  world.newReveals.push(...(await all<Selectable<RevealsTable>>('reveals', 'challenge, by')).map(readReveal))
  return world
}

async function loadChallenges(client: ClientBase, world: World, ids: number[]): Promise<void> {
  const [rows, seats, boards] = [
    await client.query({ name: 'load challenges', text: 'select * from challenges where id = any($1)', values: [ids] }),
    await client.query({
      name: 'load seats',
      text: 'select * from challenge_oracles where challenge = any($1) order by challenge, place',
      values: [ids],
    }),
    await client.query({
      name: 'load boards',
      text: 'select * from boards where challenge = any($1) order by challenge, place',
      values: [ids],
    }),
  ]
  for (const row of rows.rows as Selectable<ChallengesTable>[]) {
    const challenge = readChallenge(row)
    world.challenges.set(challenge.id, challenge)
  }
  for (const row of seats.rows as Selectable<ChallengeOraclesTable>[])
    world.challenges.get(Number(row.challenge))?.seats.push(readSeat(row))
  for (const row of boards.rows as Selectable<BoardsTable>[])
    world.challenges.get(Number(row.challenge))?.board.push(readPlace(row))
  for (const challenge of world.challenges.values()) challenge.terms.oracles = challenge.seats.map((s) => s.address)
}

async function loadSubmissions(client: ClientBase, world: World, ranges: readonly Range[]): Promise<void> {
  const found = await client.query({
    name: 'load submissions',
    text: `select s.* from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as r (challenge, first, last)
      join submissions s on s.challenge = r.challenge and s.number between r.first and r.last`,
    values: [ranges.map((r) => r.challenge), ranges.map((r) => r.from), ranges.map((r) => r.to)],
  })
  const pending: SubmissionRow[] = []
  for (const row of found.rows as Selectable<SubmissionsTable>[]) {
    const submission = readSubmission(row)
    world.submissions.set(submissionKey(submission.challenge, submission.number), submission)
    if (submission.verdict === 'pending') pending.push(submission)
  }
  // Only what is pending can still be decided by votes that were cast before.
  if (pending.length === 0) return
  const votes = await client.query({
    name: 'load votes',
    text: `select v.* from unnest($1::bigint[], $2::bigint[]) as s (challenge, number)
      join votes v on v.challenge = s.challenge and v.number = s.number order by v.event_id`,
    values: [pending.map((s) => s.challenge), pending.map((s) => s.number)],
  })
  for (const row of votes.rows as Selectable<VotesTable>[]) world.keepVote(readVote(row))
}

async function loadRankings(client: ClientBase, world: World, ids: readonly number[]): Promise<void> {
  const { rows } = await client.query({
    name: 'load rankings',
    text: 'select * from rankings where challenge = any($1) order by event_id',
    values: [ids],
  })
  for (const row of rows as Selectable<RankingsTable>[]) world.keepRanking(readRanking(row))
}

/** Numbers of the submissions that are on rankings; those of this page are not among them. */
async function findRanked(client: ClientBase, events: readonly PlacedEvent[]): Promise<Range[]> {
  const ranked = events.flatMap(({ event }) =>
    event.type === 'ranking_posted' ? event.rows.map((row) => ({ challenge: event.challenge, ...row })) : [],
  )
  const { rows } = await client.query({
    name: 'find ranked',
    text: `select s.challenge, s.number from unnest($1::bigint[], $2::text[], $3::bigint[]) as r (challenge, solver, attempt)
      join submissions s on s.solver = r.solver and s.challenge = r.challenge and s.attempt = r.attempt`,
    values: [ranked.map((r) => r.challenge), ranked.map((r) => r.solver), ranked.map((r) => r.attempt)],
  })
  return (rows as { challenge: string; number: string }[]).map((row) => {
    const number = Number(row.number)
    return { challenge: Number(row.challenge), from: number, to: number }
  })
}

/** The votes on the epoch to come. */
async function loadEpochVotes(client: ClientBase, world: World, ids: readonly number[]): Promise<void> {
  const { rows } = await client.query({
    name: 'load epoch votes',
    text: `select v.* from epoch_votes v join challenges c on c.id = v.challenge and v.epoch = c.epochs + 1
      where v.challenge = any($1) order by v.event_id`,
    values: [ids],
  })
  for (const row of rows as Selectable<EpochVotesTable>[]) world.keepEpochVote(readEpochVote(row))
}

export function readPlace(row: Selectable<BoardsTable>): BoardPlace {
  const { solver, attempt, number, score } = row
  return { solver, attempt: Number(attempt), number: Number(number), score: BigInt(score) }
}

export function readRanking(row: Selectable<RankingsTable>): RankingPost {
  return {
    challenge: Number(row.challenge),
    oracle: row.oracle,
    report: row.report,
    rows: row.rows.map(([solver, attempt, score]) => ({ solver, attempt, score: BigInt(score) })),
    quorum: row.quorum,
    eventId: row.event_id,
    at: Number(row.at),
    ledger: row.ledger,
    tx: row.tx,
  }
}

export function readEpochVote(row: Selectable<EpochVotesTable>): EpochVote {
  return {
    challenge: Number(row.challenge),
    epoch: Number(row.epoch),
    round: row.round,
    oracle: row.oracle,
    root: row.root,
    total: BigInt(row.total),
    report: row.report,
    quorum: row.quorum,
    fees: BigInt(row.fees),
    eventId: row.event_id,
    at: Number(row.at),
    ledger: row.ledger,
    tx: row.tx,
  }
}

export function readClaim(row: Selectable<ClaimsTable>): ClaimRow {
  const { challenge, labeler, token, epoch, amount, cumulative, tx } = row
  return {
    ...{ eventId: row.event_id, challenge: Number(challenge), labeler, token, epoch: Number(epoch) },
    ...{ amount: BigInt(amount), cumulative: BigInt(cumulative), at: Number(row.at), tx },
  }
}

function readKey({ version, at, ...row }: Selectable<OracleKeysTable>): OracleKeyRow {
  return { ...row, version: Number(version), at: Number(at) }
}

function readReveal({ challenge, at, ...row }: Selectable<RevealsTable>): RevealRow {
  return { ...row, challenge: Number(challenge), at: Number(at) }
}

type PayoutColumns = Pick<
  Selectable<ChallengesTable>,
  'rule' | 'reward' | 'max_winners' | 'prizes' | 'rate' | 'max_units'
>

function readPayout(row: PayoutColumns): Payout {
  switch (row.rule) {
    case 'ranked':
      return { rule: 'ranked', prizes: row.prizes.map(BigInt) }
    case 'per_unit':
      return { rule: 'per_unit', rate: BigInt(row.rate), maxUnits: Number(row.max_units) }
    case 'earnings':
      return { rule: 'earnings' }
    default:
      return { rule: 'bounty', reward: BigInt(row.reward), winners: row.max_winners }
  }
}

export function readChallenge(row: Selectable<ChallengesTable>): ChallengeRow {
  return {
    id: Number(row.id),
    maker: row.maker,
    terms: {
      token: row.token,
      payout: readPayout(row),
      oracles: [],
      quorum: row.quorum,
      oracleFee: BigInt(row.oracle_fee),
      deposit: BigInt(row.deposit),
      threshold: BigInt(row.threshold),
      direction: row.direction as 'maximize' | 'minimize',
      step: BigInt(row.step),
      opens: BigInt(row.opens),
      acceptBy: BigInt(row.accept_by),
      deadline: BigInt(row.deadline),
      patience: BigInt(row.patience),
      gradeBy: BigInt(row.grade_by),
      silenceShare: row.silence_share,
      attempts: Number(row.attempts),
      attemptsPerDay: Number(row.attempts_per_day),
      opensTruth: row.opens_truth,
      manifest: row.manifest,
    },
    prize: BigInt(row.prize),
    added: BigInt(row.added),
    createdAt: Number(row.created_at),
    createdLedger: row.created_ledger,
    createdTx: row.created_tx,
    status: row.status as ChallengeStatus,
    seats: [],
    submitted: Number(row.submitted),
    finalized: Number(row.finalized),
    escrow: BigInt(row.escrow),
    reserved: BigInt(row.reserved),
    feeBudget: BigInt(row.fee_budget),
    deposits: BigInt(row.deposits),
    held: BigInt(row.held),
    winners: row.winners,
    rejectVoted: Number(row.reject_voted),
    unsettled: Number(row.unsettled),
    unsettledEligible: Number(row.unsettled_eligible),
    ranking: row.ranking as Ranking,
    board: [],
    epochs: row.epochs,
    earned: BigInt(row.earned),
    claimed: BigInt(row.claimed),
    silence: row.silence === null ? null : BigInt(row.silence),
    ended: Number(row.ended),
    closed: row.closed,
    cancelledAt: Number(row.cancelled_at),
    paid: BigInt(row.paid),
    refunded: BigInt(row.refunded),
    solvers: Number(row.solvers),
    best: row.best === null ? null : BigInt(row.best),
    events: Number(row.events),
  }
}

export function readSeat(row: Selectable<ChallengeOraclesTable>): OracleSeat {
  return {
    address: row.address,
    keyVersion: Number(row.key_version),
    acceptedAt: Number(row.accepted_at),
    acceptTx: row.accept_tx,
    cursor: Number(row.cursor),
    votes: Number(row.votes),
    agreed: Number(row.agreed),
    disagreed: Number(row.disagreed),
    missed: Number(row.missed),
    feesEarned: BigInt(row.fees_earned),
    feesWithdrawn: BigInt(row.fees_withdrawn),
  }
}

export function readSubmission(row: Selectable<SubmissionsTable>): SubmissionRow {
  return {
    challenge: Number(row.challenge),
    number: Number(row.number),
    solver: row.solver,
    attempt: Number(row.attempt),
    cid: row.cid,
    units: Number(row.units),
    deposit: BigInt(row.deposit),
    carried: BigInt(row.carried),
    submittedAt: Number(row.submitted_at),
    submitLedger: row.submit_ledger,
    submitTx: row.submit_tx,
    verdict: row.verdict as Verdict,
    reason: row.reason,
    score: BigInt(row.score),
    contentHash: row.content_hash,
    acceptedUnits: Number(row.accepted_units),
    flags: row.flags,
    verdictAt: Number(row.verdict_at),
    verdictLedger: row.verdict_ledger,
    verdictTx: row.verdict_tx,
    report: row.report,
    prize: BigInt(row.prize),
    silence: BigInt(row.silence),
    paid: BigInt(row.paid),
    paidAt: Number(row.paid_at),
    paidTx: row.paid_tx,
  }
}

export function readVote(row: Selectable<VotesTable>): VoteRecord {
  return {
    challenge: Number(row.challenge),
    number: Number(row.number),
    oracle: row.oracle,
    eventId: row.event_id,
    verdict: row.verdict as Verdict,
    reason: row.reason,
    score: BigInt(row.score),
    contentHash: row.content_hash,
    units: Number(row.units),
    report: row.report,
    at: Number(row.at),
    ledger: row.ledger,
    tx: row.tx,
  }
}
