/** All rows that one challenge's page shows, beside the challenge itself. */
import { FLAG } from '@stellartrain/contracts-client/rules'
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { ChallengeRow, EpochVote, RankingPost, RevealRow } from '../../project/model.ts'
import type { Database } from '../../store/database.ts'
import { readEpochVote, readRanking, readReveal } from '../../store/read.ts'
import type { Units } from '../types.ts'
import { readEpochVotes } from './earnings.ts'

/** What a page says of a submission that it only names. */
export type Named = { number: number; solver: string; attempt: number; score: bigint; prizePaid: boolean }

export type ChallengeParts = {
  reveals: readonly RevealRow[]
  /** Those on the lists of places, by number. */
  placed: ReadonlyMap<number, Named>
  /** Those that a place is kept for. */
  kept: readonly Named[]
  /** In the order in which they were posted. */
  rankings: readonly RankingPost[]
  /** On the epoch to come. */
  votes: readonly EpochVote[]
  /** Hex. */
  shares: string | null
  units: Units | null
}

export async function readParts(db: Kysely<Database>, challenge: ChallengeRow): Promise<ChallengeParts> {
  const id = String(challenge.id)
  const [reveals, named, rankings, votes, shares, units] = await Promise.all([
    db.selectFrom('reveals').selectAll().where('challenge', '=', id).orderBy('at').orderBy('by').execute(),
    readNamed(db, id),
    db.selectFrom('rankings').selectAll().where('challenge', '=', id).orderBy('event_id').execute(),
    readEpochVotes(db, id, challenge.epochs + 1, challenge.epochs + 1),
    db.selectFrom('shares').select('shares').where('challenge', '=', id).executeTakeFirst(),
    challenge.terms.payout.rule === 'per_unit' ? readUnits(db, id) : null,
  ])
  return {
    reveals: reveals.map(readReveal),
    placed: new Map(named.map((one) => [one.number, one])),
    kept: named.filter(({ kept }) => kept),
    rankings: rankings.map(readRanking),
    votes: votes.map(readEpochVote),
    shares: shares?.shares ?? null,
    units,
  }
}

/** Submissions on a list of places, and those that a place is kept for; by number. */
async function readNamed(db: Kysely<Database>, challenge: string): Promise<(Named & { kept: boolean })[]> {
  const columns = ['s.number', 's.solver', 's.attempt', 's.score', 's.flags'] as const
  const rows = await db
    .selectFrom('places as p')
    .innerJoin('submissions as s', (join) =>
      join.onRef('s.challenge', '=', 'p.challenge').onRef('s.number', '=', 'p.number'),
    )
    .select(columns)
    .where('p.challenge', '=', challenge)
    .union(
      db
        .selectFrom('submissions as s')
        .select(columns)
        .where('s.challenge', '=', challenge)
        // In the words of the index `submissions_kept`.
        .where(sql<SqlBool>`s.flags & 4 <> 0`),
    )
    .orderBy('number')
    .execute()
  return rows.map(({ number, solver, attempt, score, flags }) => ({
    ...{ number: Number(number), solver, attempt: Number(attempt), score: BigInt(score) },
    ...{ prizePaid: (flags & FLAG.prizePaid) !== 0, kept: (flags & FLAG.kept) !== 0 },
  }))
}

async function readUnits(db: Kysely<Database>, challenge: string): Promise<Units> {
  const row = await db.selectFrom('unit_sums').selectAll().where('challenge', '=', challenge).executeTakeFirst()
  return {
    submitted: Number(row?.submitted ?? 0),
    accepted: Number(row?.accepted ?? 0),
    pending: Number(row?.pending ?? 0),
  }
}
