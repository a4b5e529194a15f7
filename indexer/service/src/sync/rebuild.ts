/** Empties the projections and makes them again from the raw archive, in one transaction: readers see the old or the new. */
import type { Client } from 'pg'
import { decodeEvent } from '../decode/decode.ts'
import type { PageEvent } from '../source/page.ts'
import { CHANNEL, projectAgain, transaction } from '../store/commit.ts'
import { PROJECTIONS } from '../store/tables.ts'

const BATCH = 5_000

/** @returns how many events were replayed. */
export async function rebuild(client: Client): Promise<number> {
  return transaction(client, async () => {
    await client.query('select * from sync for update')
    await client.query(`truncate ${[...PROJECTIONS, 'incomplete'].join(', ')}`)
    let replayed = 0
    for (let after = ''; ; ) {
      const { rows } = await client.query({
        name: 'replay',
        text: `select id, ledger, closed_at, tx_hash, topics, value from events where id > $1 order by id limit ${BATCH}`,
        values: [after],
      })
      const events = (rows as ArchiveRow[]).map(readArchive)
      const last = events.at(-1)
      if (!last) break
      await projectAgain(client, events)
      replayed += events.length
      after = last.id
    }
    await client.query('update sync set revision = revision + 1')
    await client.query('select pg_notify($1, $2)', [CHANNEL, 'rebuilt'])
    return replayed
  })
}

type ArchiveRow = { id: string; ledger: number; closed_at: string; tx_hash: string; topics: string[]; value: string }

function readArchive(row: ArchiveRow): PageEvent {
  const { id, ledger, topics, value } = row
  const decoded = decodeEvent(topics, value)
  return { id, ledger, closedAt: Number(row.closed_at), txHash: row.tx_hash, topics, value, decoded }
}
