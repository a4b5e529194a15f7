/**
 * A page as several RPCs give it: what one leaves out another has, what two report differently is as most report it, and one that has stopped
 * does not stop the index.
 */
import type { Rpc } from '@stellartrain/contracts-client'
import { IndexerError } from '../errors.ts'
import type { SourceOptions } from './items.ts'
import type { Page, PageEvent } from './page.ts'

type Options = Pick<SourceOptions, 'rpcs' | 'disagreed' | 'now'>
/** The same page, as another one gives it. */
type AskOther = (rpc: Rpc) => Promise<Page>

/** A newest ledger that closed longer ago is that of an RPC that has stopped, or the network stands still. */
const STOPPED_SECONDS = 30

/** @throws IndexerError `rpcs_differ` (retryable) */
export async function crossChecked(options: Options, page: Page, ask: AskOther): Promise<Page> {
  const { rpcs, disagreed, now = Date.now } = options
  const others = rpcs.all.filter(({ url }) => url !== rpcs.url)
  const [other] = others
  if (!other) return page
  if (page.through >= page.latestLedger && page.throughClosedAt < now() / 1000 - STOPPED_SECONDS) rpcs.turn()
  const second = await ask(other).catch(() => null)
  if (!second) return page
  // As far as both of them looked.
  const end = [page.cursor, second.cursor].sort()[0]!
  const mine = new Map(page.events.map((event) => [event.id, event]))
  const theirs = new Map(second.events.map((event) => [event.id, event]))
  const extra = second.events.filter(({ id }) => id <= end && !mine.has(id))
  const alone = page.events.filter(({ id }) => id <= end && !theirs.has(id))
  const differing = page.events.filter((event) => {
    const told = theirs.get(event.id)
    return told !== undefined && contentOf(told) !== contentOf(event)
  })
  const ids = [...extra, ...alone, ...differing].map(({ id }) => id)
  if (ids.length === 0) return page
  disagreed?.(ids)
  const settled = differing.length === 0 ? null : await asMostReport(differing, [page, second], others.slice(1), ask)
  const events = [...page.events.map((event) => settled?.get(event.id) ?? event), ...extra]
  return { ...page, events: events.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

/** All of it that is kept. */
const contentOf = ({ ledger, closedAt, txHash, topics, value }: PageEvent): string =>
  JSON.stringify([ledger, closedAt, txHash, topics, value])

/** Nothing in an answer is signed by the network: what two say is right where only one says otherwise, and unknown where nobody else is asked. */
async function asMostReport(
  differing: readonly PageEvent[],
  pages: Page[],
  rest: readonly Rpc[],
  ask: AskOther,
): Promise<Map<string, PageEvent>> {
  for (const rpc of rest) {
    const page = await ask(rpc).catch(() => null)
    if (page) pages.push(page)
  }
  return new Map(
    differing.map(({ id }) => {
      const told = pages.flatMap(({ events }) => events.filter((event) => event.id === id))
      const versions = [...Map.groupBy(told, contentOf).values()].sort((a, b) => b.length - a.length)
      const [most, next] = versions
      if (most!.length < 2 || most!.length === next?.length)
        throw new IndexerError(
          'rpcs_differ',
          `The RPCs report event ${id} differently, and which of them is right is not known; waiting until they agree. Take the wrong one out of RPC_URL, or add one of a third operator.`,
          { retryable: true },
        )
      return [id, most![0]!]
    }),
  )
}
