/** Which contract of records and badges is followed: told once, and fetched from the beginning if it was told late. */
import type { ClientBase } from 'pg'
import { IndexerError } from '../errors.ts'
import { askPage } from '../source/ask.ts'
import { rangeOfAll } from '../source/range.ts'
import type { Rpcs } from '../source/rpcs.ts'
import { lockProgress, transaction } from '../store/commit.ts'
import { addEvents, readRecords } from '../store/records.ts'

/**
 * Makes the tables hold this contract's events as far as the other one's. A process that dies meanwhile begins again.
 * @param wanted as configured; null: the one that the database has, if any
 * @returns the contract to follow
 * @throws IndexerError `wrong_contract`; ChainFailure
 */
export async function beginRecords(
  client: ClientBase,
  rpcs: Rpcs,
  wanted: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const known = (await readRecords(client)).contract
  if (wanted === null || wanted === known) return known
  if (known !== null) {
    throw new IndexerError(
      'wrong_contract',
      `The database at DB_URL holds the records contract ${known}, and RECORDS_CONTRACT_ADDRESS is ${wanted}. Set the former, or give DB_URL an empty database.`,
    )
  }
  const { ledger } = (await client.query('select ledger from sync')).rows[0] as { ledger: number }
  const { oldest } = await rangeOfAll(rpcs, signal)
  let since = Math.min(oldest, ledger + 1)
  for (let at = { cursor: '', start: oldest }; at.cursor !== '' || at.start <= ledger; ) {
    signal.throwIfAborted()
    const page = await askPage({ rpcs, contract: wanted, signal, failed: giveUp }, at)
    if (page.type === 'gap') {
      since = page.to + 1
      at = { cursor: '', start: since }
      continue
    }
    await transaction(client, async () => {
      await lockProgress(client)
      await addEvents(
        client,
        page.events.filter((event) => event.ledger <= ledger),
      )
    })
    if (page.through >= Math.min(ledger, page.latestLedger) || page.cursor === at.cursor) break
    at = { cursor: page.cursor, start: 0 }
  }
  await client.query(
    'update sync set records = $1, records_since = $2, records_verified = null, revision = revision + 1',
    [wanted, since],
  )
  return wanted
}

/** The whole is tried again. */
function giveUp(error: Error, failures: number): void {
  if (failures >= 3) throw error
}
