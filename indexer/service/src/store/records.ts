/** The contracts beside the main one, of records and badges and the judge that grades: which are followed, and events that came late. */
import type { ClientBase } from 'pg'
import { isBesideEvent } from '../decode/decode.ts'
import type { ContractEvent } from '../decode/events.ts'
import { applyEvents } from '../project/apply.ts'
import type { PageEvent } from '../source/page.ts'
import { addToArchive } from './archive.ts'
import { writeInTurn } from './bulk.ts'
import { worldWrites } from './commit.ts'

export type FollowedRecords = { contract: string | null; since: number | null }

/** Every contract beside the main one whose events are followed. */
export async function readBeside(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query('select records, recount from sync')
  const { records, recount } = (rows as { records: string | null; recount: string | null }[])[0] ?? {}
  return [records, recount].filter((contract) => contract != null)
}

export async function readRecords(client: ClientBase): Promise<FollowedRecords> {
  const { rows } = await client.query('select records as contract, records_since as since from sync')
  return (rows as FollowedRecords[])[0] ?? { contract: null, since: null }
}

/**
 * Puts events where they belong, and those that stand for themselves into their tables as well: of records, badges and oracles' keys. A
 * challenge's are projected by its repair. In the transaction that the caller has begun.
 * @returns those that were not there
 */
export async function addEvents(client: ClientBase, events: readonly PageEvent[]): Promise<PageEvent[]> {
  const fresh = await addToArchive(client, events)
  await project(client, fresh)
  if (fresh.length > 0) await client.query('update sync set revision = revision + 1')
  return fresh
}

/**
 * Makes the rows of what counts, of badges and of recounts again, for one challenge. They follow from their events alone, whether or not those of the
 * challenge add up. In the transaction that the caller has begun.
 * @param history all events that name the challenge
 */
export async function rebuildRecords(
  client: ClientBase,
  challenge: number,
  history: readonly PageEvent[],
): Promise<void> {
  await client.query('delete from folds where challenge = $1', [challenge])
  await client.query('delete from badges where challenge = $1', [challenge])
  await client.query('delete from recount_openings where challenge = $1', [challenge])
  await client.query('delete from recounts where challenge = $1', [challenge])
  await project(client, history)
}

/** What follows from single events: records, badges, and keys of oracles. Rows of challenges are made of all of their events. */
async function project(client: ClientBase, events: readonly PageEvent[]): Promise<void> {
  const alone = (event: ContractEvent) => event.type === 'oracle_registered' || isBesideEvent(event)
  const told = events.flatMap((place) =>
    place.decoded && alone(place.decoded) ? [{ place, event: place.decoded }] : [],
  )
  if (told.length > 0) await writeInTurn(worldWrites(client, applyEvents(told)))
}
