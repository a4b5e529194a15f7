/** The one loop that writes what happens: identity, pages, transactions; every failure is told, and asked again where that can help. */
import { ChainFailure } from '@stellartrain/contracts-client'
import type { Log } from '@stellartrain/service'
import { Client } from 'pg'
import { IndexerError } from '../errors.ts'
import { MissingError } from '../project/world.ts'
import type { SourceItem } from '../source/items.ts'
import { readAhead, readSource } from '../source/pages.ts'
import { pause } from '../source/pause.ts'
import { retrying } from '../source/retry.ts'
import type { Rpcs } from '../source/rpcs.ts'
import { commitGap, commitPage, type Progress } from '../store/commit.ts'
import { checkIdentity, dropAnchor, type Identity } from './identity.ts'
import { beginBeside } from './records.ts'
import type { SyncStatus } from './status.ts'

export type SyncOptions = {
  dbUrl: string
  rpcs: Rpcs
  /** Rejects when the RPC's network or the contract is not the configured one. */
  checkDeployment: (signal: AbortSignal) => Promise<void>
  identity: Identity
  status: SyncStatus
  signal: AbortSignal
  /** Events asked for in one page. */
  pageLimit?: number
  /** Ledgers in one window of a backfill. */
  window?: number
  idleMs?: number
  /** See `RetryOptions`. */
  patience?: number | undefined
  random?: () => number
  log: Log
  /** Compares the tables with the contract as long as this process is the writer. */
  watch?: (signal: AbortSignal) => Promise<void>
  /** The database is not this service's: it has to end. */
  fatal: (error: Error) => void
}

/** Any number, the same in every version: who holds this lock in a database is its only writer. */
const WRITER_LOCK = 7_353_101

/** How often a page that does not add up is asked for again before its holes are believed. */
const PATIENCE_WITH_HOLES = 3

/** How many ledgers pass before another hash is kept. */
const ANCHOR_EVERY = 100

/** After so many answers in a row that it is behind, the RPC is asked whether it is still the same network. */
const BEHIND = 10

/** Runs until aborted. Never rejects. */
export async function runSync(options: SyncOptions): Promise<void> {
  const { signal, patience = 1 } = options
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await session(options, () => {
        failures = 0
      })
    } catch (error) {
      if (signal.aborted) return
      report(options, error, failures + 1)
      if (isForeign(error)) return options.fatal(error)
      const wait = patience * Math.min(10_000, 200 * 2 ** Math.min(failures, 8))
      await pause(wait * (0.75 + 0.5 * (options.random ?? Math.random)()), signal)
    }
  }
}

/** One connection as the only writer, until the database fails, or until the RPC turns out to be another network's. */
async function session(options: SyncOptions, wentWell: () => void): Promise<void> {
  const { status, rpcs, signal, patience = 1 } = options
  const client = new Client({ connectionString: options.dbUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
  let lost: Error | undefined
  client.on('error', (error) => {
    lost = error
  })
  const ended = new AbortController()
  let watching: Promise<void> | undefined
  try {
    await client.connect()
    status.upstream('database', null)
    await becomeWriter(client, options)
    const again = { signal, patience, failed: (error: Error, failures: number) => report(options, error, failures) }
    await retrying(() => options.checkDeployment(signal), again)
    await identify(client, options)
    const { records = null, recount = null } = options.identity
    const beside = await retrying(() => beginBeside(client, rpcs, { records, recount }, signal), again)
    status.upstream('rpc', null)
    status.state('catching_up')
    watching = options.watch?.(AbortSignal.any([signal, ended.signal]))
    for (let holes = 0; !signal.aborted; ) {
      try {
        await follow(client, { ...options, beside, lost: () => lost }, holes >= PATIENCE_WITH_HOLES, () => {
          holes = 0
          wentWell()
        })
      } catch (error) {
        if (!(error instanceof MissingError)) throw error
        report(options, error, ++holes)
        await pause(patience * 100 * 2 ** holes, signal)
      }
    }
  } finally {
    ended.abort()
    await watching
    await client.end().catch(() => {})
  }
}

async function identify(client: Client, options: SyncOptions): Promise<void> {
  const { rpcs, identity, signal, patience } = options
  await retrying(() => checkIdentity(client, rpcs, identity, signal), {
    ...{ signal, patience },
    failed(error, failures) {
      // The operator has to see it; it may pass, when the RPC comes to its senses.
      if (isRefusal(error)) throw error
      report(options, error, failures)
    },
  })
}

async function becomeWriter(client: Client, options: SyncOptions): Promise<void> {
  for (let told = false; !options.signal.aborted; told = true) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as got', [WRITER_LOCK])
    if (rows[0].got) return
    options.status.state('reading')
    if (!told) options.log.info('waiting_for_writer', { reason: 'Another indexer writes to this database.' })
    await pause(500, options.signal)
  }
}

/** @throws MissingError, ChainFailure, and the database's own error */
async function follow(
  client: Client,
  options: SyncOptions & { beside: readonly string[]; lost: () => Error | undefined },
  acceptMissing: boolean,
  wentWell: () => void,
): Promise<void> {
  const { rpcs, identity, beside, lost, signal, status, log } = options
  const { rows } = await client.query('select cursor, ledger from sync')
  let doubted = false
  const pages = readSource({
    ...{ rpcs, contract: identity.contract, beside, cursor: rows[0].cursor, startLedger: rows[0].ledger + 1, signal },
    limit: options.pageLimit ?? 1_000,
    ...(options.window === undefined ? {} : { window: options.window }),
    idleMs: () => options.idleMs ?? 400,
    patience: options.patience,
    failed(error, failures) {
      doubted = true
      report(options, error, failures)
      if (error instanceof IndexerError && error.code === 'rpc_behind' && failures >= BEHIND) throw error
    },
    disagreed: (ids) => log.warn('rpcs_disagree', { events: ids.length, first: ids[0] ?? '' }),
  })
  let anchored = 0
  let progress: Progress | undefined
  for await (const item of readAhead(pages)) {
    if (signal.aborted) return
    // Where nothing is to be written nothing would show that the connection is gone, with the lock, and with what a crash of the database took back.
    const gone = lost()
    if (gone) throw gone
    // What was away may have come back as another network: a reset one is soon further than the old one was.
    if (doubted) {
      doubted = false
      await identify(client, options)
    }
    if (progress === undefined || !isWritten(item, progress))
      progress = await commit(client, item, acceptMissing, options)
    wentWell()
    status.upstream('rpc', null)
    if (item.type === 'gap') continue
    status.networkLedger(item.latestLedger)
    status.state(progress.ledger >= item.latestLedger - 1 ? 'following' : 'catching_up')
    // Holes are believed for one page at a time.
    if (acceptMissing) return
    if (progress.ledger < anchored + ANCHOR_EVERY) continue
    if (anchored > 0) await dropAnchor(client, rpcs, signal).catch(() => {})
    anchored = progress.ledger
  }
}

/** The answer of every look between two ledgers: there is nothing in it to write. */
const isWritten = (item: SourceItem, { cursor, ledger }: Progress): boolean =>
  item.type === 'page' && item.events.length === 0 && item.cursor === cursor && item.through <= ledger

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

const isRefusal = (error: unknown): boolean =>
  (error instanceof ChainFailure || error instanceof IndexerError) && REFUSALS.includes(error.code)

/** The rows are another network's or contract's, which nothing but another setting can mend. */
const isForeign = (error: unknown): error is IndexerError =>
  error instanceof IndexerError && (error.code === 'wrong_network' || error.code === 'wrong_contract')

/** How many times in a row the RPC may fail before we say that we are not up to date. */
const HICCUPS = 3

function report({ status, log }: SyncOptions, error: unknown, failures: number): void {
  const message = error instanceof Error ? error.message : String(error)
  const chain = error instanceof ChainFailure || error instanceof IndexerError
  const refused = isRefusal(error)
  if (refused) status.state('refused')
  if (chain) status.upstream('rpc', message)
  else if (error instanceof MissingError) status.upstream('rpc', `Events are missing (${message}); asking again.`)
  else {
    status.upstream('database', message)
    status.state('catching_up')
  }
  if (failures > HICCUPS && status.report().state === 'following') status.state('catching_up')
  log[refused ? 'error' : 'warn']('sync_interrupted', { failures, message })
}
