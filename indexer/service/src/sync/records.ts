/** Which contracts beside the main one are followed: told once, and fetched from the beginning if they were told late. */
import type { ClientBase } from 'pg'
import { IndexerError } from '../errors.ts'
import { askPage } from '../source/ask.ts'
import { rangeOfAll } from '../source/range.ts'
import type { Rpcs } from '../source/rpcs.ts'
import { lockProgress, transaction } from '../store/commit.ts'
import { addEvents } from '../store/records.ts'

/** A contract beside the main one: its column, what people call it, and its setting. */
const BESIDE = {
  records: { called: 'the records contract', setting: 'RECORDS_CONTRACT_ADDRESS' },
  recount: { called: 'the judge that grades', setting: 'RECOUNT_CONTRACT_ADDRESS' },
} as const

export type Beside = keyof typeof BESIDE

/**
 * Makes the tables hold these contracts' events as far as the main one's. A process that dies meanwhile begins again.
 * @param wanted as configured; null: the one that the database has, if any
 * @returns the contracts to follow
 * @throws IndexerError `wrong_contract`; ChainFailure
 */
export async function beginBeside(
  client: ClientBase,
  rpcs: Rpcs,
  wanted: Readonly<Record<Beside, string | null>>,
  signal: AbortSignal,
): Promise<string[]> {
  const followed: string[] = []
  for (const which of ['records', 'recount'] as const) {
    const contract = await begin(client, rpcs, which, wanted[which], signal)
    if (contract !== null) followed.push(contract)
  }
  return followed
}

async function begin(
  client: ClientBase,
  rpcs: Rpcs,
  which: Beside,
  wanted: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const { rows } = await client.query(`select ${which} as known from sync`)
  const known = (rows as { known: string | null }[])[0]?.known ?? null
  if (wanted === null || wanted === known) return known
  if (known !== null) {
    const { called, setting } = BESIDE[which]
    throw new IndexerError(
      'wrong_contract',
      `The database at DB_URL holds ${called} ${known}, and ${setting} is ${wanted}. Set the former, or give DB_URL an empty database.`,
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
  const again = which === 'records' ? 'records_verified = null, ' : ''
  await client.query(`update sync set ${which} = $1, ${which}_since = $2, ${again}revision = revision + 1`, [
    wanted,
    since,
  ])
  return wanted
}

/** The whole is tried again. */
function giveUp(error: Error, failures: number): void {
  if (failures >= 3) throw error
}
