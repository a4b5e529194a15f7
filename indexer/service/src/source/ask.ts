/** One page of events, from whichever RPC has it, compared with what another one says of the same ledgers. */
import { ChainFailure, ledgerOf, type Rpc } from '@stellartrain/contracts-client'
import { IndexerError } from '../errors.ts'
import { crossChecked } from './cross-check.ts'
import { endOf } from './ids.ts'
import type { At, Gap, SourceItem, SourceOptions } from './items.ts'
import { type Page, readPageInPieces } from './page.ts'
import { ranges } from './range.ts'
import { retrying } from './retry.ts'

type AskOptions = Pick<
  SourceOptions,
  'rpcs' | 'contract' | 'beside' | 'limit' | 'signal' | 'failed' | 'disagreed' | 'patience' | 'now'
> & {
  /** Rows of topics as RPC takes them; default: all. */
  topics?: string[][]
}

/** How often ledgers that those who answer do not have are asked for again while others do not answer. */
const PATIENCE = 5

/** @param to the last ledger that is wanted; default: as far as there are any */
export async function askPage(options: AskOptions, at: At, to?: number): Promise<SourceItem> {
  const { signal, failed, patience } = options
  let tries = 0
  return retrying(() => askOnce(options, at, to, tries++ >= PATIENCE), {
    signal,
    patience,
    ...(failed ? { failed } : {}),
  })
}

async function askOnce(options: AskOptions, at: At, to: number | undefined, givesUp: boolean): Promise<SourceItem> {
  const { rpcs, signal } = options
  const from = at.cursor === '' && at.start === 0 ? { cursor: '', start: (await oldestOf(options)).oldest } : at
  try {
    const page = await askOne(options, rpcs, from, to)
    return await crossChecked(options, page, (rpc) => askOne(options, rpc, from, to))
  } catch (error) {
    // It answers, and will answer so again.
    if (error instanceof IndexerError && error.code === 'bad_page') rpcs.turn()
    if (!(error instanceof ChainFailure) || error.code !== 'rpc_refused' || error.retryable) throw error
    const asked = from.cursor === '' ? from.start : ledgerOf(from.cursor)
    const known = await ranges(rpcs, signal)
    const has = known.find(({ range }) => range.oldest <= asked && asked <= range.latest)
    // Another one has it; or this one has it after all.
    if (has && rpcs.all.length > 1) return askOne(options, has.rpc, from, to)
    if (has) throw error
    const { lake } = rpcs
    const gone = known.every(({ range }) => asked < range.oldest)
    if (lake && gone && (await lake.has(asked, signal))) {
      // How far the network is, only the RPCs know.
      const latestLedger = Math.max(...known.map(({ range }) => range.latest))
      return { ...(await askOne(options, lake.rpc, from, to)), latestLedger }
    }
    return missing(
      known.map(({ range }) => range),
      asked,
      error,
      givesUp || known.length === rpcs.all.length,
      rpcs,
    )
  }
}

async function oldestOf({ rpcs, signal }: AskOptions) {
  const known = await ranges(rpcs, signal)
  return { oldest: Math.min(...known.map(({ range }) => range.oldest)) }
}

/** RPC refuses a start that it no longer has, and one that it does not have yet. */
function missing(
  known: readonly { oldest: number; latest: number }[],
  asked: number,
  cause: ChainFailure,
  certain: boolean,
  rpcs: AskOptions['rpcs'],
): Gap {
  const next = known.filter(({ latest }) => latest >= asked).map(({ oldest }) => oldest)
  if (next.length === 0) {
    rpcs.turn()
    const latest = Math.max(...known.map((range) => range.latest))
    throw new IndexerError(
      'rpc_behind',
      `The RPC is at ledger ${latest} and ledger ${asked} is still to come; waiting for it.`,
      { retryable: true, cause },
    )
  }
  const oldest = Math.min(...next)
  if (!certain)
    throw new IndexerError('rpc_failed', `Ledger ${asked} may be at an RPC that does not answer; asking again.`, {
      retryable: true,
      cause,
    })
  return { type: 'gap', from: asked, to: oldest - 1, reason: `The RPC keeps ledgers from ${oldest} on.` }
}

async function askOne(options: AskOptions, rpc: Rpc, at: At, to: number | undefined): Promise<Page> {
  const { contract, beside = [], signal, limit = 1_000, topics } = options
  const contractIds = [contract, ...beside]
  const filter = { type: 'contract', contractIds, ...(topics ? { topics } : {}) }
  // An end cannot be named together with a cursor; `endLedger` is the first one that is not wanted.
  const window = at.cursor === '' ? { startLedger: at.start, ...(to === undefined ? {} : { endLedger: to + 1 }) } : {}
  const pagination = at.cursor === '' ? { limit } : { limit, cursor: at.cursor }
  const answer = await rpc.request('getEvents', { ...window, filters: [filter], pagination }, { signal, retries: 0 })
  const page = await readPageInPieces(answer, ...contractIds)
  if (to === undefined || page.through < to) return page
  const events = page.events.filter(({ ledger }) => ledger <= to)
  return { ...page, events, cursor: endOf(to), through: to, throughClosedAt: 0 }
}
