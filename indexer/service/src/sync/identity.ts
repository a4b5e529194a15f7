/** Which network and contract this database belongs to: two histories must never be mixed in one. */
import { ChainFailure, type Rpc } from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import { IndexerError } from '../errors.ts'
import { readPage } from '../source/page.ts'
import { rangeOfAll } from '../source/range.ts'
import type { Rpcs } from '../source/rpcs.ts'

export type Identity = {
  network: string
  contract: string
  /** Of records and badges; null: whichever the database has. */
  records?: string | null
  /** The judge that grades; null: whichever the database has. */
  recount?: string | null
  startLedger: number
}

type Row = {
  network: string
  contract: string
  records: string | null
  recount: string | null
  ledger: number
  last_event: string
}

/** An RPC that is at most so far behind is behind; further back, without a hash to compare, it is another network. */
const FAR = 100

/** How many ledgers lie between two hashes that are kept. */
const ANCHOR_EVERY = 100

/**
 * Whether the database's rows are of the configured network and contract. Asks the database alone.
 * @throws IndexerError `wrong_network`, `wrong_contract`: for the operator, no retry mends it
 */
export async function checkOwner(client: Pick<ClientBase, 'query'>, identity: Pick<Identity, 'network' | 'contract'>) {
  const { rows } = await client.query('select network, contract, ledger, last_event from sync')
  const [row] = rows as Row[]
  if (!row) return
  if (row.network !== identity.network) {
    throw new IndexerError(
      'wrong_network',
      `The database at DB_URL holds the network "${row.network}", and NETWORK_PASSPHRASE is "${identity.network}". Set the former, or give DB_URL an empty database for this network.`,
    )
  }
  if (row.contract !== identity.contract) {
    throw new IndexerError(
      'wrong_contract',
      `The database at DB_URL holds the contract ${row.contract}, and CONTRACT_ADDRESS is ${identity.contract}. Set the former, or give DB_URL an empty database for this contract.`,
    )
  }
}

/**
 * Checks that the RPC's network is the one that the database holds, and records it at the first start.
 * @throws IndexerError `wrong_network`, `wrong_contract`, `network_was_reset`, `rpc_behind` (retryable); ChainFailure
 */
export async function checkIdentity(
  client: ClientBase,
  rpcs: Rpcs,
  identity: Identity,
  signal: AbortSignal,
): Promise<void> {
  await checkOwner(client, identity)
  const [row] = (await client.query('select network, contract, records, recount, ledger, last_event from sync'))
    .rows as Row[]
  const { oldest, latest } = await rangeOfAll(rpcs, signal)
  if (row) await compare(client, rpcs, identity, row, { oldest, latest }, signal)
  else {
    await client.query(
      'insert into sync (network, contract, first_ledger, ledger) values ($1, $2, $3, $3 - 1) on conflict do nothing',
      [identity.network, identity.contract, identity.startLedger || oldest],
    )
  }
  await dropAnchor(client, rpcs, signal)
}

async function compare(
  client: ClientBase,
  rpc: Rpcs,
  identity: Identity,
  row: Row,
  { oldest, latest }: { oldest: number; latest: number },
  signal: AbortSignal,
): Promise<void> {
  const reset = new IndexerError(
    'network_was_reset',
    `The network behind RPC_URL is not the one that this database holds up to ledger ${row.ledger}: it was reset. Give DB_URL an empty database to follow the new one.`,
    { retryable: true },
  )
  const { rows } = await client.query(
    'select ledger, hash from anchors where ledger between $1 and $2 order by ledger desc limit 1',
    [oldest, latest],
  )
  const [anchor] = rows as { ledger: number; hash: string }[]
  const hash = anchor ? await hashOf(rpc, anchor.ledger, signal) : null
  if (hash !== null && hash !== anchor!.hash) throw reset
  if (latest < row.ledger) {
    if (hash === null && latest < row.ledger - FAR) throw reset
    throw new IndexerError(
      'rpc_behind',
      `The RPC is at ledger ${latest}, and the database at ledger ${row.ledger}; waiting for it.`,
      { retryable: true },
    )
  }
  if (
    hash === null &&
    !(await stillThere(
      rpc,
      [identity.contract, ...[row.records, row.recount].filter((one) => one != null)],
      row.last_event,
      oldest,
      signal,
    ))
  )
    throw reset
}

/** The last event that we hold must be where we saw it. */
async function stillThere(
  rpc: Rpc,
  contractIds: readonly string[],
  id: string,
  oldest: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (id === '') return true
  const startLedger = Number(BigInt(id.slice(0, 19)) >> 32n)
  if (startLedger < oldest) return true
  const params = { startLedger, filters: [{ type: 'contract', contractIds }], pagination: { limit: 200 } }
  const page = readPage(await rpc.request('getEvents', params, { signal }), ...contractIds)
  return page.events.some((event) => event.id === id) || page.events.length >= 200
}

/** Remembers a recent ledger's hash, and of older ones one in a while: the first would soon be older than what RPC keeps. */
export async function dropAnchor(client: ClientBase, rpc: Rpc, signal: AbortSignal): Promise<void> {
  const latest = await rpc.request<{ id?: string; sequence?: number }>('getLatestLedger', undefined, { signal })
  if (typeof latest.id !== 'string' || !Number.isInteger(latest.sequence)) return
  await client.query('insert into anchors values ($1, $2) on conflict (ledger) do update set hash = excluded.hash', [
    latest.sequence,
    latest.id,
  ])
  await client.query(
    `delete from anchors a where exists (select from anchors b where b.ledger / ${ANCHOR_EVERY} = a.ledger / ${ANCHOR_EVERY}
      and b.ledger < a.ledger) and a.ledger < (select max(ledger) from anchors)`,
  )
}

async function hashOf(rpc: Rpc, ledger: number, signal: AbortSignal): Promise<string | null> {
  try {
    const params = { startLedger: ledger, pagination: { limit: 1 } }
    const { ledgers } = await rpc.request<{ ledgers?: { sequence: number; hash: string }[] }>('getLedgers', params, {
      signal,
    })
    const [found] = ledgers ?? []
    return found?.sequence === ledger ? found.hash : null
  } catch (error) {
    // Not every RPC has this method; the last event is looked for in any case.
    if (error instanceof ChainFailure && error.code === 'rpc_refused') return null
    throw error
  }
}
