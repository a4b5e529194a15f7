/** The stream of what happened, from a starting point on: pages of events, and gaps where the RPC has dropped some. */
import { ChainFailure, ledgerOf, type Rpc } from '@stellartrain/contracts-client'
import { IndexerError } from '../errors.ts'
import { type Page, readPage } from './page.ts'

/** Ledgers that nobody can give us any more, both ends included. */
export type Gap = { type: 'gap'; from: number; to: number; reason: string }

export type SourceItem = Page | Gap

export type SourceOptions = {
  rpc: Rpc
  contract: string
  /** RPC cursor to go on from; empty: begin with `startLedger`. */
  cursor: string
  /** 0: the oldest ledger that the RPC has. */
  startLedger: number
  limit?: number
  signal: AbortSignal
  /** How long to wait when there is nothing new, in milliseconds. */
  idleMs?: () => number
}

/**
 * Yields for ever, in order; what was yielded once may come again after an error, so the taker drops what it has.
 * @throws IndexerError `bad_page` and ChainFailure, both for the taker to wait and begin again at its own cursor.
 */
export async function* readSource(options: SourceOptions): AsyncGenerator<SourceItem> {
  let { cursor } = options
  let start = options.startLedger
  for (;;) {
    options.signal.throwIfAborted()
    const answer = await ask(options, cursor, start)
    if (answer.type === 'gap') {
      cursor = ''
      start = answer.to + 1
      yield answer
      continue
    }
    yield answer
    const idle = answer.events.length === 0 && answer.through >= answer.latestLedger
    if (idle || answer.cursor === cursor) await pause(options.idleMs?.() ?? 500, options.signal)
    cursor = answer.cursor
  }
}

/** Asks for the next item while the present one is being written: network and decoding overlap with the database. */
export async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next()
  for (;;) {
    const { done, value } = await next
    if (done) return
    next = source.next()
    // Its error is met when its turn comes.
    next.catch(() => {})
    yield value
  }
}

async function ask(options: SourceOptions, cursor: string, start: number): Promise<SourceItem> {
  const { rpc, contract, signal, limit = 1_000 } = options
  const first = cursor === '' && start === 0 ? (await range(rpc, signal)).oldest : start
  const from = cursor === '' ? { startLedger: first } : {}
  const pagination = cursor === '' ? { limit } : { limit, cursor }
  const params = { ...from, filters: [{ type: 'contract', contractIds: [contract] }], pagination }
  try {
    return readPage(await rpc.request('getEvents', params, { signal, retries: 0 }), contract)
  } catch (error) {
    if (!(error instanceof ChainFailure) || error.code !== 'rpc_refused') throw error
    return explainRefusal(options, error, cursor === '' ? first : ledgerOf(cursor))
  }
}

/** RPC refuses a start that it no longer has, and one that it does not have yet. */
async function explainRefusal(options: SourceOptions, error: ChainFailure, asked: number): Promise<Gap> {
  const { oldest, latest } = await range(options.rpc, options.signal)
  if (asked < oldest) {
    return { type: 'gap', from: asked, to: oldest - 1, reason: `The RPC keeps ledgers from ${oldest} on.` }
  }
  if (asked > latest) {
    throw new IndexerError(
      'rpc_refused',
      `The RPC is at ledger ${latest} and ledger ${asked} is still to come; waiting for it.`,
      { retryable: true, cause: error },
    )
  }
  throw error
}

/** The ledgers that the RPC has. */
export async function range(rpc: Rpc, signal: AbortSignal): Promise<{ oldest: number; latest: number }> {
  const health = await rpc.request<{ oldestLedger?: number; latestLedger?: number }>('getHealth', undefined, { signal })
  const { oldestLedger, latestLedger } = health
  if (!Number.isInteger(oldestLedger) || !Number.isInteger(latestLedger)) {
    throw new IndexerError('bad_page', "The RPC's getHealth does not say which ledgers it has.", { retryable: true })
  }
  return { oldest: oldestLedger!, latest: latestLedger! }
}

/** Resolves early, without an error, when the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
