/** Reads the rows that a page of events will touch, so that the projections find them in memory. */
import type { Selectable } from 'kysely'
import type { ClientBase } from 'pg'
import { challengeOf } from '../decode/decode.ts'
import type { PlacedEvent } from '../project/apply.ts'
import { submissionKey, World } from '../project/world.ts'
import type {
  ClaimsTable,
  EpochVotesTable,
  OracleKeysTable,
  RankingsTable,
  RevealsTable,
  SharesTable,
} from './database.ts'
import {
  type ChallengeSql,
  type PlaceSql,
  readChallenge,
  readClaim,
  readEpochVote,
  readKey,
  readRanking,
  readReveal,
  readSubmission,
  readVote,
  type SeatSql,
  type SubmissionSql,
  type VoteSql,
} from './read.ts'

/** Submissions of one challenge. */
type Wanted = Map<number, Set<number>>

export async function loadWorld(client: ClientBase, events: readonly PlacedEvent[]): Promise<World> {
  const world = new World()
  const challenges = new Set<number>()
  const ranked = new Set<number>()
  const earning = new Set<number>()
  const wanted: Wanted = new Map()
  for (const { event } of events) {
    const challenge = challengeOf(event)
    if (challenge === undefined) continue
    challenges.add(challenge)
    if (event.type === 'ranking_posted') ranked.add(challenge)
    if (event.type === 'earnings_posted') earning.add(challenge)
    if (event.type === 'payment_released') want(wanted, challenge, [event.row.number])
    if (event.type === 'scored' || event.type === 'settled' || event.type === 'ruled')
      want(
        wanted,
        challenge,
        event.rows.map(({ number }) => number),
      )
  }
  if (challenges.size > 0) await loadChallenges(client, world, [...challenges])
  if (ranked.size > 0) {
    await loadRankings(client, world, [...ranked])
    for (const { challenge, number } of await findRanked(client, events)) want(wanted, challenge, [number])
  }
  if (earning.size > 0) await loadEpochVotes(client, world, [...earning])
  await loadSubmissions(client, world, wanted)
  return world
}

function want(wanted: Wanted, challenge: number, numbers: readonly number[]): void {
  const known = wanted.get(challenge) ?? new Set<number>()
  wanted.set(challenge, known)
  for (const number of numbers) known.add(number)
}

/** Challenges, keys and opened truths: all that the public records of makers and oracles follow from. */
export async function loadPeople(client: ClientBase): Promise<World> {
  const world = new World()
  const all = async <Row>(table: string, order: string) =>
    (await client.query(`select * from ${table} order by ${order}`)).rows as Row[]
  const ids = (await all<{ id: string }>('challenges', 'id')).map(({ id }) => Number(id))
  await loadChallenges(client, world, ids)
  world.newKeys.push(...(await all<Selectable<OracleKeysTable>>('oracle_keys', 'oracle, version')).map(readKey))
  world.newReveals.push(...(await all<Selectable<RevealsTable>>('reveals', 'challenge, by')).map(readReveal))
  return world
}

/** Everything of one challenge but what was paid. */
export async function loadOne(client: ClientBase, id: number): Promise<World> {
  const world = new World()
  await loadChallenges(client, world, [id])
  const challenge = world.challenges.get(id)
  if (!challenge) return world
  const of = async <Row>(list: string, by: string) =>
    (await client.query(`select * from ${list} where challenge = $1 order by ${by}`, [id])).rows as Row[]
  const numbers = Array.from({ length: challenge.facts.submitted }, (_, index) => index + 1)
  await loadSubmissions(client, world, new Map([[id, new Set(numbers)]]))
  for (const row of await of<Selectable<RankingsTable>>('rankings', 'event_id')) world.keepRanking(readRanking(row))
  for (const row of await of<Selectable<EpochVotesTable>>('epoch_votes', 'event_id'))
    world.keepEpochVote(readEpochVote(row))
  world.newClaims.push(...(await of<Selectable<ClaimsTable>>('claims', 'event_id')).map(readClaim))
  world.newReveals.push(...(await of<Selectable<RevealsTable>>('reveals', 'by')).map(readReveal))
  for (const { challenge: _, at, ...row } of await of<Selectable<SharesTable>>('shares', 'challenge'))
    world.newShares.push({ ...row, challenge: id, at: Number(at) })
  return world
}

export async function loadChallenges(client: ClientBase, world: World, ids: number[]): Promise<void> {
  const read = async <Row>(table: string, key: string, order: string) => {
    const text = `select * from ${table} where ${key} = any($1) order by ${order}`
    return (await client.query({ name: `load ${table}`, text, values: [ids] })).rows as Row[]
  }
  const rows = await read<ChallengeSql>('challenges', 'id', 'id')
  const seats = byChallenge(await read<SeatSql>('challenge_oracles', 'challenge', 'challenge, place'))
  const places = byChallenge(await read<PlaceSql>('places', 'challenge', 'challenge, list, place'))
  for (const row of rows) {
    const challenge = readChallenge(row, seats.get(row.id) ?? [], places.get(row.id) ?? [])
    world.challenges.set(challenge.id, challenge)
  }
}

/** In the order in which they are. */
export function byChallenge<Row extends { challenge: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, ({ challenge }) => challenge)
}

/** Those that are known; later numbers come with the page itself. Votes of those that are not concluded. */
async function loadSubmissions(client: ClientBase, world: World, wanted: Wanted): Promise<void> {
  const pairs = [...wanted].flatMap(([challenge, numbers]) => {
    const submitted = world.challenges.get(challenge)?.facts.submitted ?? 0
    return [...numbers].filter((number) => number <= submitted).map((number) => ({ challenge, number }))
  })
  if (pairs.length === 0) return
  const values = [pairs.map(({ challenge }) => challenge), pairs.map(({ number }) => number)]
  const rows = await client.query({
    name: 'load submissions',
    text: `select s.* from unnest($1::bigint[], $2::bigint[]) as w (challenge, number)
      join submissions s on s.challenge = w.challenge and s.number = w.number order by s.challenge, s.number`,
    values,
  })
  const votes = await client.query({
    name: 'load votes',
    text: `select v.* from unnest($1::bigint[], $2::bigint[]) as w (challenge, number)
      join submissions s on s.challenge = w.challenge and s.number = w.number and s.status = 'pending'
      join votes v on v.challenge = s.challenge and v.number = s.number order by v.event_id`,
    values,
  })
  for (const row of votes.rows as VoteSql[]) world.keepVote(readVote(row))
  for (const row of rows.rows as SubmissionSql[]) {
    const [challenge, number] = [Number(row.challenge), Number(row.number)]
    const { terms } = world.challenges.get(challenge)!
    const submission = readSubmission(row, terms, world.votesOn(challenge, number))
    world.submissions.set(submissionKey(challenge, number), submission)
  }
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
async function findRanked(client: ClientBase, events: readonly PlacedEvent[]) {
  const ranked = events.flatMap(({ event }) =>
    event.type === 'ranking_posted' ? event.rows.map((row) => ({ challenge: event.challenge, ...row })) : [],
  )
  const { rows } = await client.query({
    name: 'find ranked',
    text: `select distinct s.challenge, s.number
      from unnest($1::bigint[], $2::text[], $3::bigint[]) as r (challenge, solver, attempt)
      join submissions s on s.solver = r.solver and s.challenge = r.challenge and s.attempt = r.attempt`,
    values: [ranked.map((r) => r.challenge), ranked.map((r) => r.solver), ranked.map((r) => r.attempt)],
  })
  return (rows as { challenge: string; number: string }[]).map((row) => ({
    challenge: Number(row.challenge),
    number: Number(row.number),
  }))
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
