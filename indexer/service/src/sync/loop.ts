/** The one loop that writes: identity, pages, transactions; every failure is logged and retried. */
import { ChainFailure, type Rpc } from '@stellartrain/contracts-client'
import type { Log } from '@stellartrain/service'
import { Client } from 'pg'
import { IndexerError } from '../errors.ts'
import { MissingError } from '../project/world.ts'
import { pause, readAhead, readSource, type SourceItem } from '../source/pages.ts'
import { commitGap, commitPage, type Progress } from '../store/commit.ts'
import { checkIdentity, type Identity } from './identity.ts'
import type { SyncStatus } from './status.ts'

export type SyncOptions = {
  dbUrl: string
  rpc: Rpc
  /** Rejects when the RPC's network or the contract is not the configured one. */
  checkDeployment: (signal: AbortSignal) => Promise<void>
  identity: Identity
  status: SyncStatus
  signal: AbortSignal
  /** Events asked for in one page. */
  pageLimit?: number
  idleMs?: number
  random?: () => number
  log: Log
}

/** Any number, the same in every version: who holds this lock in a database is its only writer. */
const WRITER_LOCK = 7_353_101

/** How often a page that does not add up is asked for again before its holes are believed. */
const PATIENCE_WITH_HOLES = 3

/** Runs until aborted. Never rejects. */
export async function runSync(options: SyncOptions): Promise<void> {
  const { signal } = options
  let failures = 0
  let holes = 0
  while (!signal.aborted) {
    try {
      await session(options, holes >= PATIENCE_WITH_HOLES, () => {
        failures = 0
        holes = 0
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof MissingError) holes += 1
      report(options, error, failures)
      const wait = Math.min(10_000, 200 * 2 ** Math.min(failures++, 8))
      await pause(wait * (0.75 + 0.5 * (options.random ?? Math.random)()), signal)
    }
  }
}

/** One connection as the only writer, until something goes wrong. */
async function session(options: SyncOptions, acceptMissing: boolean, wentWell: () => void): Promise<void> {
  const { status, rpc, signal } = options
  const client = new Client({ connectionString: options.dbUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    status.upstream('database', null)
    await becomeWriter(client, options)
    await options.checkDeployment(signal)
    await checkIdentity(client, rpc, options.identity, signal)
    status.upstream('rpc', null)
    status.state('catching_up')
    await follow(client, options, acceptMissing, wentWell)
  } finally {
    await client.end().catch(() => {})
  }
}

async function becomeWriter(client: Client, options: SyncOptions): Promise<void> {
  for (let told = false; !options.signal.aborted; told = true) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as got', [WRITER_LOCK])
    if (rows[0].got) return
    if (!told) options.log.warn('waiting_for_writer', { reason: 'Another indexer writes to this database.' })
    await pause(500, options.signal)
  }
}

async function follow(
  client: Client,
  options: SyncOptions,
  acceptMissing: boolean,
  wentWell: () => void,
): Promise<void> {
  const { rpc, identity, signal, status } = options
  const { rows } = await client.query('select cursor, ledger from sync')
  const pages = readSource({
    rpc,
    contract: identity.contract,
    cursor: rows[0].cursor,
    startLedger: rows[0].ledger + 1,
    limit: options.pageLimit ?? 1_000,
    signal,
    idleMs: () => options.idleMs ?? 400,
  })
  for await (const item of readAhead(pages)) {
    if (signal.aborted) return
    const progress = await commit(client, item, acceptMissing, options)
    wentWell()
    status.upstream('rpc', null)
    if (item.type === 'gap') continue
    // Holes are believed for one page at a time.
    if (acceptMissing) return
    status.networkLedger(item.latestLedger)
    status.state(progress.ledger >= item.latestLedger - 1 ? 'following' : 'catching_up')
  }
}

async function commit(
  client: Client,
  item: SourceItem,
  acceptMissing: boolean,
  options: SyncOptions,
): Promise<Progress> {
  if (item.type === 'page') return commitPage(client, item, { acceptMissing })
  options.log.warn('gap_in_events', { from: item.from, to: item.to, reason: item.reason })
  return commitGap(client, item)
}

/** Settings or networks that do not belong together: for the operator, not for a retry. */
const REFUSALS = ['wrong_network', 'no_contract', 'wrong_contract', 'network_was_reset']

/** How many times in a row the RPC may fail before we say that we are not up to date. */
const HICCUPS = 3

function report({ status, log }: SyncOptions, error: unknown, failures: number): void {
  const message = error instanceof Error ? error.message : String(error)
  const chain = error instanceof ChainFailure || (error instanceof IndexerError && error.code.startsWith('rpc'))
  const refused = (chain || error instanceof IndexerError) && REFUSALS.includes((error as { code: string }).code)
  if (refused) {
    status.state('refused')
    status.upstream('rpc', message)
  } else if (chain || error instanceof IndexerError) status.upstream('rpc', message)
  else if (error instanceof MissingError) status.upstream('rpc', `Events are missing (${message}); asking again.`)
  else {
    status.upstream('database', message)
    status.state('catching_up')
  }
  if (failures >= HICCUPS && status.report().state === 'following') status.state('catching_up')
  log[refused ? 'error' : 'warn']('sync_interrupted', { failures: failures + 1, message })
}
