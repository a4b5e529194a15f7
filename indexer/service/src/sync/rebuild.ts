/**
 * Makes the projections again from what is kept for ever, one challenge a transaction: readers and the writer go on meanwhile, and
 * each challenge is its old self or its new one.
 */
import type { Client } from 'pg'
import { applyEvents } from '../project/apply.ts'
import { readHistory, readRegistrations } from '../store/archive.ts'
import { writeInTurn } from '../store/bulk.ts'
import { CHANNEL } from '../store/channel.ts'
import { lockProgress, SET_APART, transaction, worldWrites } from '../store/commit.ts'
import { NOTE_ALL_PARTS } from '../store/partitions.ts'
import { rebuildRecords } from '../store/records.ts'
import { makeChallenge, replaceChallenge } from '../store/replace.ts'
import { readBase } from '../store/snapshots.ts'
import { mendSums } from '../store/sums.ts'

export type Rebuilt = { events: number; challenges: number; recovered: number; apart: number }

type Options = { progress?: (done: number, of: number) => void; signal?: AbortSignal }

export async function rebuild(client: Client, { progress, signal }: Options = {}): Promise<Rebuilt> {
  const rebuilt: Rebuilt = { events: 0, challenges: 0, recovered: 0, apart: 0 }
  rebuilt.events += await rebuildOracles(client)
  const { rows } = await client.query(`select challenge as id from events where challenge is not null
    union select id from challenges union select challenge from snapshots order by id`)
  const ids = (rows as { id: string }[]).map(({ id }) => Number(id))
  for (const [index, id] of ids.entries()) {
    signal?.throwIfAborted()
    const made = await rebuildChallenge(client, id)
    rebuilt.events += made.events
    rebuilt.challenges += 1
    rebuilt.recovered += Number(made.outcome === 'recovered')
    rebuilt.apart += Number(made.outcome === 'apart')
    progress?.(index + 1, ids.length)
  }
  await transaction(client, async () => {
    await lockProgress(client)
    await mendSums(client)
    await client.query(NOTE_ALL_PARTS)
  })
  await client.query('update sync set revision = revision + 1')
  await client.query('select pg_notify($1, $2)', [CHANNEL, 'rebuilt'])
  return rebuilt
}

/** Oracles' keys follow from their registrations, burned badges from `burn`; what was read from the contract instead stays. */
async function rebuildOracles(client: Client): Promise<number> {
  return transaction(client, async () => {
    await lockProgress(client)
    const events = await readRegistrations(client)
    const world = applyEvents(events.flatMap((place) => (place.decoded ? [{ place, event: place.decoded }] : [])))
    await client.query("delete from oracle_keys where tx <> ''")
    await client.query('delete from burns')
    await writeInTurn(worldWrites(client, world))
    return events.length
  })
}

async function rebuildChallenge(client: Client, id: number) {
  return transaction(client, async () => {
    await lockProgress(client)
    const base = await readBase(client, id)
    const made = await makeChallenge(client, id, base)
    const history = await readHistory(client, id)
    await rebuildRecords(client, id, history)
    if (made.broken) await client.query(SET_APART, [id, 'missing_events', made.broken.message, made.broken.ledger])
    // What was set apart while its history was not whole is mended by the comparison with the contract, which also says so.
    if (made.world.challenges.has(id)) await replaceChallenge(client, id, made.world)
    return { events: history.length, outcome: made.broken ? 'apart' : base ? 'recovered' : 'whole' }
  })
}
