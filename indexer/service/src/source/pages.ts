/** The stream of what happened, from a starting point on: pages of events, and gaps where no RPC has the ledgers any more. */
import { ledgerOf } from '@stellartrain/contracts-client'
import { askPage } from './ask.ts'
import { eagerly } from './eager.ts'
import type { At, SourceItem, SourceOptions } from './items.ts'
import { pause } from './pause.ts'
import { rangeOfAll } from './range.ts'
import { retrying } from './retry.ts'

/** RPC looks at no more ledgers for one answer. */
const WINDOW = 10_000
/** Pages of one window that wait to be written. */
const PAGES_AHEAD = 4

/**
 * Yields for ever, in order; failures that may pass are asked again inside. What was yielded may come again, so the taker drops what
 * it has.
 * @throws what `failed` throws, and what no repetition can mend
 */
export async function* readSource(options: SourceOptions): AsyncGenerator<SourceItem> {
  let at: At = { cursor: options.cursor, start: options.startLedger }
  for await (const item of backfill(options, at)) {
    yield item
    at = behind(item)
  }
  for (;;) {
    options.signal.throwIfAborted()
    const item = await askPage(options, at)
    yield item
    const idle = item.type === 'page' && item.events.length === 0 && item.through >= item.latestLedger
    if (idle || (item.type === 'page' && item.cursor === at.cursor)) {
      await pause(options.idleMs?.() ?? 500, options.signal)
    }
    at = behind(item)
  }
}

const behind = (item: SourceItem): At =>
  item.type === 'gap' ? { cursor: '', start: item.to + 1 } : { cursor: item.cursor, start: 0 }

/** Windows that lie wholly in the past, several at once, in their order. */
async function* backfill(options: SourceOptions, from: At): AsyncGenerator<SourceItem> {
  const { window = WINDOW, windowsAtOnce = 4, signal } = options
  const again = { signal, patience: options.patience, ...(options.failed ? { failed: options.failed } : {}) }
  const { oldest, latest } = await retrying(() => rangeOfAll(options.rpcs, signal), again)
  const first = from.cursor === '' ? from.start || oldest : ledgerOf(from.cursor)
  const running: AsyncGenerator<SourceItem>[] = []
  let next = first
  const begin = () => {
    const to = next + window - 1
    const at = next === first ? from : { cursor: '', start: next }
    running.push(eagerly(readWindow(options, at, to), PAGES_AHEAD))
    next = to + 1
  }
  try {
    for (;;) {
      while (running.length < windowsAtOnce && next + window <= latest) begin()
      const present = running[0]
      if (!present) return
      yield* present
      running.shift()
    }
  } finally {
    await Promise.all(running.map((one) => one.return(undefined)))
  }
}

/** All pages of a window up to and with the ledger `to`. */
async function* readWindow(options: SourceOptions, from: At, to: number): AsyncGenerator<SourceItem> {
  for (let at = from; ; ) {
    options.signal.throwIfAborted()
    const item = await askPage(options, at, to)
    yield item
    if ((item.type === 'gap' ? item.to : item.through) >= to) return
    at = behind(item)
  }
}

/** Asks for the next item while the present one is being written: network and decoding overlap with the database. */
export const readAhead = <T>(source: AsyncGenerator<T>): AsyncGenerator<T> => eagerly(source, 1)
