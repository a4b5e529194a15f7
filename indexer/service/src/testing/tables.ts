/** Whole tables as text, for comparing what two ways to the same state have left. */
import { Client } from 'pg'
import { placesOf } from '../project/lists.ts'
import type { World } from '../project/world.ts'
import {
  BADGES,
  BEST_SCORES,
  BURNS,
  CHALLENGES,
  CLAIMS,
  EPOCH_VOTES,
  EVENTS,
  FOLDS,
  ORACLE_KEYS,
  PAYMENTS,
  PLACES,
  RANKINGS,
  REVEALS,
  SEATS,
  type SeatRow,
  SHARES,
  SUBMISSIONS,
  type Table,
  VOTES,
} from '../store/tables.ts'

export type Dump = Record<string, string[]>

// biome-ignore lint/suspicious/noExplicitAny: a list of tables of different rows.
const ALL: Table<any>[] = [
  ...[CHALLENGES, SEATS, SUBMISSIONS, VOTES, PAYMENTS, ORACLE_KEYS, REVEALS],
  ...[SHARES, PLACES, RANKINGS, EPOCH_VOTES, CLAIMS, BEST_SCORES, FOLDS, BADGES, BURNS],
]

/** Every projection, row by row; with `raw` the archive as well. */
export async function dumpTables(url: string, raw = false): Promise<Dump> {
  return withClient(url, async (client) => {
    const dump: Dump = {}
    for (const table of raw ? [...ALL, EVENTS] : ALL) {
      const columns = table.columns.map(([name]) => `${name}::text`).join(', ')
      const { rows } = await client.query({ text: `select ${columns} from ${table.name}`, rowMode: 'array' })
      dump[table.name] = (rows as (string | null)[][]).map((row) => row.join('|')).sort()
    }
    return dump
  })
}

/** The same of a state that is only in memory. */
export function dumpWorld(world: World): Dump {
  const challenges = [...world.challenges.values()]
  const seats = challenges.flatMap((c) => c.seats.map((seat, place): SeatRow => ({ ...seat, challenge: c.id, place })))
  const rows = new Map<string, Iterable<unknown>>([
    ['challenges', challenges],
    ['challenge_oracles', seats],
    ['submissions', world.submissions.values()],
    ['votes', [...world.votes.values()].flat()],
    ['payments', world.newPayments],
    ['oracle_keys', world.newKeys],
    ['reveals', world.newReveals],
    ['places', challenges.flatMap(placesOf)],
    ['shares', world.newShares],
    ['rankings', [...world.rankings.values()].flat()],
    ['epoch_votes', [...world.epochVotes.values()].flat()],
    ['claims', world.newClaims],
    ['best_scores', world.newBestScores],
    ['folds', world.newFolds],
    ['badges', world.newBadges],
    ['burns', world.newBurns],
    ['recount_openings', world.newRecountOpenings],
    ['recounts', world.newRecounts],
  ])
  const text = (value: unknown) => (value === null ? '' : String(value))
  return Object.fromEntries(
    ALL.map((table) => [
      table.name,
      [...rows.get(table.name)!].map((row) => table.columns.map(([, , read]) => text(read(row))).join('|')).sort(),
    ]),
  )
}

export async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
