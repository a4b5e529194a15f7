/**
 * What an oracle leases and signs, decided from its own book alone. No oracle relies on what another one says: a lease counts with the
 * signatures of a majority, and each of them keeps these rules for itself.
 */
import { type Book, type Held, isSame, type Occupied } from './book.ts'
import { CLOCK_SLACK_SECONDS, knownShare, PROPOSED_SECONDS } from './pool.ts'
import { available, selectItems, selectLayer } from './select.ts'

export type RefusalCode =
  /** The labeler let a lease end. */
  | 'wait'
  /** Labelers without an accepted batch hold half of the open places. */
  | 'newcomers_full'
  /** No item is left that this labeler can have now; `later`: one may come free. */
  | 'nothing_left'
  /** It is not what this oracle would have given: items, known ones, size, or an end that is too late. */
  | 'not_allowed'
  /** Another attempt is next. */
  | 'other_attempt'
  /** The labeler has another lease that counts. */
  | 'other_lease'

export type Refused = Readonly<{
  refused: RefusalCode
  /** When to ask again, ledger time. */
  until?: number
  /** Nothing is left for good. */
  done?: boolean
  /** The one that counts. */
  lease?: Held
}>

export type Proposal = Readonly<{ attempt: number; layer: number; items: readonly number[]; expires: number }>
/** A lease that the labeler has already. */
export type Known = Readonly<{ held: Held }>

/** What this oracle would lease to a labeler now; the lease that it holds already, if it holds one. */
export function propose(book: Book, labeler: string, now: number, rank: Rank): Proposal | Known | Refused {
  const { pool } = book
  const attempt = book.attempts(labeler) + 1
  const occupied = book.occupied(now)
  const mine = preferred(book.heldFor(labeler, attempt), rank)
  if (mine !== undefined) return { held: mine }
  const until = book.waits(labeler, now)
  if (until > 0) return { refused: 'wait', until }
  const most = Math.min(pool.size, allowance(book, { labeler, attempt }, now))
  const { layer, free } = selectLayer(pool, occupied, book.hasHad(labeler), Math.max(1, most))
  if (free.known.length + free.others.length === 0) return { refused: 'nothing_left', done: isDone(book, labeler) }
  if (most < 1) return { refused: 'newcomers_full' }
  const items = selectItems(pool, occupied.labelers, free, most, { labeler, attempt })
  return { attempt, layer, items, expires: now + PROPOSED_SECONDS }
}

/** The same items until later; undefined where it lasted as long as it may. */
export function renewed(book: Book, held: Held, now: number): number | undefined {
  const expires = Math.min(now + book.pool.leaseSeconds, held.since + book.pool.longestSeconds)
  return expires > held.lease.expires ? expires : undefined
}

/** The place of an oracle in the challenge, which is the order in which all labelers ask them: where proposals meet, the lower one counts. */
export type Rank = (oracle: string) => number

/**
 * Whether this oracle signs what another one proposes (or proposed itself before), undefined if it does. Refusals do not tell which
 * items are known: only an oracle's own proposal comes this far.
 */
export function refuseLease(
  book: Book,
  given: Proposal & { labeler: string; proposer: string },
  now: number,
  rank: Rank,
): Refused | undefined {
  const { pool } = book
  const { labeler, attempt, expires } = given
  if (attempt !== book.attempts(labeler) + 1) return { refused: 'other_attempt' }
  const occupied = book.occupied(now)
  const held = book.heldFor(labeler, attempt)
  const same = held.find((one) => isSame(one, given))
  const latest = Math.min(now + pool.leaseSeconds, (same?.since ?? now) + pool.longestSeconds) + CLOCK_SLACK_SECONDS
  if (expires <= now || expires > latest) return { refused: 'not_allowed' }
  if (same !== undefined) return undefined
  const other = held.find(({ complete }) => complete)
  if (other !== undefined) return { refused: 'other_lease', lease: other }
  // Only one batch can be submitted for an attempt. What was signed for it before stays reserved, and the earlier proposer's goes on.
  const before = held.find(({ proposer }) => rank(proposer) <= rank(given.proposer))
  if (before !== undefined) return { refused: 'other_lease', lease: before }
  return fits(book, given, occupied, now) ? undefined : { refused: 'not_allowed' }
}

function fits(
  book: Book,
  { labeler, attempt, layer, items }: Proposal & { labeler: string },
  { layers }: Occupied,
  now: number,
): boolean {
  const { pool } = book
  const taken = layers[layer - 1]
  if (taken === undefined || items.length < 1 || items.length > pool.size) return false
  const held = book.heldFor(labeler, attempt)
  // Places that this attempt holds already are its own.
  for (const one of held) if (one.layer === layer) for (const item of one.items) taken[item] = 0
  const free = available(pool, taken, book.hasHad(labeler))
  const [known, others] = [new Set(free.known), new Set(free.others)]
  const inBatch = items.filter((item) => known.has(item)).length
  if (!items.every((item) => known.has(item) || others.has(item))) return false
  const { least, most } = knownShare(pool, items.length)
  if (inBatch < Math.min(least, known.size)) return false
  if (inBatch > most && items.length - inBatch < others.size) return false
  const before = held.reduce((sum, one) => sum + one.items.length, 0)
  return before + items.length <= allowance(book, { labeler, attempt }, now)
}

/**
 * How many places an attempt may hold. Whoever has no accepted batch can be anybody, many times over: all of them together hold half of
 * the places that are open, so that nobody can occupy the rest with new accounts. At the very end one place is left to them.
 */
export function allowance(book: Book, of: { labeler: string; attempt: number }, now: number): number {
  const { pool, accepted } = book
  if (!book.isNewcomer(of.labeler)) return Number.POSITIVE_INFINITY
  let open = 0
  for (let item = 0; item < accepted.length; item++) open += Math.max(0, pool.overlap - accepted[item]!)
  return Math.ceil(open / 2) - book.heldByNewcomers(now, of)
}

function preferred(held: readonly Held[], rank: Rank): Held | undefined {
  return held.find(({ complete }) => complete) ?? [...held].sort((a, b) => rank(a.proposer) - rank(b.proposer))[0]
}

/** Every item has its labels, or this labeler had all that lack some. */
function isDone(book: Book, labeler: string): boolean {
  const had = book.hasHad(labeler)
  return book.accepted.every((labels, item) => labels >= book.pool.overlap || had.has(item))
}
