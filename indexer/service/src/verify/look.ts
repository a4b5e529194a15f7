/** One challenge in the tables and in the contract's storage, both of a moment in which they can be compared. */
import type { Chain, ReadOptions } from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import type { World } from '../project/world.ts'
import { loadOne } from '../store/load.ts'
import { lastEventSql } from '../store/partitions.ts'
import { compareChallenge, type Difference } from './compare.ts'
import { type Hints, type Reading, readChallenge } from './reads.ts'

export type Look =
  /** The contract moved on while it was looked at, or we are not as far as it is: look again. */
  | { is: 'moving' }
  | { is: 'equal'; reading: Reading; hints: Hints }
  | { is: 'different'; reading: Reading; hints: Hints; differences: Difference[] }
  /** We have no row of it. */
  | { is: 'absent'; reading: Reading; hints: Hints }
  /** The contract has no such challenge, or its entries are archived. */
  | { is: 'unread' }

export async function lookAt(client: ClientBase, chain: Chain, id: number, options: ReadOptions = {}): Promise<Look> {
  const hints = await readHints(client, id)
  const reading = await readChallenge(chain, id, hints, options)
  if (!reading) return { is: 'unread' }
  await client.query('begin isolation level repeatable read, read only')
  try {
    if (!(await comparable(client, id, reading))) return { is: 'moving' }
    const world = await loadOne(client, id)
    return compareWorld(world, id, reading, hints)
  } finally {
    await client.query('commit').catch(() => {})
  }
}

export function compareWorld(
  world: World,
  id: number,
  reading: Reading,
  hints: Hints,
): Exclude<Look, { is: 'moving' | 'unread' }> {
  const row = world.challenges.get(id)
  if (!row) return { is: 'absent', reading, hints }
  const differences = compareChallenge(world, row, reading.stored)
  return differences.length === 0 ? { is: 'equal', reading, hints } : { is: 'different', reading, hints, differences }
}

/**
 * Entries that were last changed in ledger m and read in ledgers from f on are what they were in every ledger from m to f: we must have
 * followed to m, and know of nothing behind f.
 */
export async function comparable(client: ClientBase, id: number, { recorded }: Reading): Promise<boolean> {
  const { rows } = await client.query(
    `select s.ledger, coalesce(${lastEventSql('ledger', '$1::bigint')}, 0) as last from sync s`,
    [id],
  )
  const [row] = rows as { ledger: number; last: number }[]
  return row !== undefined && recorded.modified <= Math.min(row.ledger, recorded.first) && row.last <= recorded.first
}

/** Where to look for what no entry names: all that we ever heard of, in the rows and in events that no row came of. */
export async function readHints(client: ClientBase, id: number): Promise<Hints> {
  const { rows } = await client.query('select solver, attempt from submissions where challenge = $1 order by number', [
    id,
  ])
  const labelers = await client.query('select distinct labeler from claims where challenge = $1', [id])
  return {
    submissions: (rows as { solver: string; attempt: string }[]).map(({ solver, attempt }) => ({
      ...{ solver, attempt: Number(attempt) },
    })),
    labelers: (labelers.rows as { labeler: string }[]).map(({ labeler }) => labeler),
  }
}
