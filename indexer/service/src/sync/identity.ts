/** Which network this database belongs to: two histories must never be mixed in one. */
import { ChainFailure, type Rpc } from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import { IndexerError } from '../errors.ts'
import { readPage } from '../source/page.ts'
import { range } from '../source/pages.ts'

export type Identity = { network: string; contract: string; startLedger: number }

type Row = {
  network: string
  contract: string
  ledger: number
  last_event: string
  anchor_ledger: number
  anchor_hash: string
}

/**
 * Checks that configuration and database are about one network and contract, and records them at the first start.
 * @throws IndexerError `wrong_network`, `wrong_contract`, `network_was_reset`; ChainFailure
 */
export async function checkIdentity(
  client: ClientBase,
  rpc: Rpc,
  identity: Identity,
  signal: AbortSignal,
): Promise<void> {
  const known = (await client.query('select * from sync')).rows as Row[]
  const row = known[0]
  if (row) await compare(client, rpc, identity, row, signal)
  else await begin(client, rpc, identity, signal)
}

async function begin(client: ClientBase, rpc: Rpc, identity: Identity, signal: AbortSignal): Promise<void> {
  const first = identity.startLedger || (await range(rpc, signal)).oldest
  await client.query(
    'insert into sync (network, contract, first_ledger, ledger) values ($1, $2, $3, $3 - 1) on conflict do nothing',
    [identity.network, identity.contract, first],
  )
  await dropAnchor(client, rpc, signal)
}

async function compare(client: ClientBase, rpc: Rpc, identity: Identity, row: Row, signal: AbortSignal): Promise<void> {
  if (row.network !== identity.network) {
    throw new IndexerError(
      'wrong_network',
      `This database holds "${row.network}", not "${identity.network}". Give DB_URL an empty database for this network.`,
    )
  }
  if (row.contract !== identity.contract) {
    throw new IndexerError(
      'wrong_contract',
      `This database holds the contract ${row.contract}, not ${identity.contract}. Give DB_URL an empty database for this contract.`,
    )
  }
  const { oldest, latest } = await range(rpc, signal)
  const reset = new IndexerError(
    'network_was_reset',
    `The network behind RPC_URL is not the one that this database holds up to ledger ${row.ledger}: it was reset. Give DB_URL an empty database to follow the new one.`,
    { retryable: true },
  )
  if (latest < row.ledger) throw reset
  if (row.anchor_hash !== '' && row.anchor_ledger >= oldest) {
    const hash = await hashOf(rpc, row.anchor_ledger, signal)
    if (hash !== null && hash !== row.anchor_hash) throw reset
  }
  if (!(await stillThere(rpc, identity.contract, row.last_event, oldest, signal))) throw reset
  await dropAnchor(client, rpc, signal)
}

/** The last event that we hold must be where we saw it. */
async function stillThere(
  rpc: Rpc,
  contract: string,
  id: string,
  oldest: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (id === '') return true
  const startLedger = Number(BigInt(id.slice(0, 19)) >> 32n)
  if (startLedger < oldest) return true
  const params = { startLedger, filters: [{ type: 'contract', contractIds: [contract] }], pagination: { limit: 200 } }
  const page = readPage(await rpc.request('getEvents', params, { signal }), contract)
  return page.events.some((event) => event.id === id) || page.events.length >= 200
}

/** Remembers a recent ledger's hash. The first one would soon be older than what RPC keeps. */
async function dropAnchor(client: ClientBase, rpc: Rpc, signal: AbortSignal): Promise<void> {
  const latest = await rpc.request<{ id?: string; sequence?: number }>('getLatestLedger', undefined, { signal })
  if (typeof latest.id !== 'string' || !Number.isInteger(latest.sequence)) return
  await client.query('update sync set anchor_ledger = $1, anchor_hash = $2', [latest.sequence, latest.id])
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
