/** The leases of one challenge at one oracle: decided by the rules, journaled, and only then signed and handed out. */
import { type Lease, type LeaseTerms, leaseSigners, signLease } from '@stellartrain/ipfs-content/lease'
import type { Place } from '@stellartrain/ipfs-content/network'
import type { About } from '../grading/jobs.ts'
import { type Claim, createBook, type Held, type Standing } from './book.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { CLOCK_SLACK_SECONDS, LATE_SECONDS, type Pool } from './pool.ts'
import { type Proposal, propose, type Rank, type Refused, refuseLease, renewed } from './rules.ts'

/** In numbers alone: which items are labeled would tell which are known. */
export type Coverage = Readonly<{
  challenge: number
  items: number
  overlap: number
  /** Labels that are asked for, accepted, and held or waiting for their verdict. */
  places: number
  accepted: number
  held: number
  /** Of those that are held: labels that were handed in, and that no epoch has yet. */
  waiting: number
  /** Items that have all their labels. */
  covered: number
  leaseSeconds: number
  /** Whether this oracle signs now. */
  ready: boolean
}>

export type Answer = Readonly<{ lease: Lease }> | Refused

export type Desk = {
  readonly pool: Pool
  /** The lease that this oracle proposes, with its signature; or the one that the labeler holds. `renew`: the same until later. */
  propose(labeler: string, now: number, renew: boolean): Promise<Answer>
  /** Adds this oracle's signature to what another one signed. */
  sign(labeler: string, given: Lease, now: number): Promise<Answer>
  /** A lease that enough oracles signed, shown by anybody. False where it does not count here. */
  remember(labeler: string, given: Lease, now: number): Promise<boolean>
  /** How a batch stands in the ledger. */
  note(labeler: string, attempt: number, standing: Standing): void
  /** What a batch is about, as a grading process read it. */
  opened(labeler: string, attempt: number, standing: Standing, about: About): Promise<void>
  /** The batches that have to be opened before this oracle signs again; `time`: when one without a verdict was submitted. */
  lacking(
    pending: readonly { labeler: string; attempt: number; time: number }[],
  ): { labeler: string; attempt: number }[]
  /** When this oracle signs again after its journal was lost, ledger time. */
  readonly readyAt: number
  /** @param waiting batches that were handed in, and of which nothing may be told yet: accepted or not, they count as held */
  coverage(now: number, ready: boolean, waiting?: readonly Waiting[]): Coverage
}

export type Waiting = Readonly<{ standing: Standing; ids: readonly string[] }>

export type DeskOptions = Readonly<{
  pool: Pool
  journal: Journal
  place: Place
  oracles: readonly string[]
  quorum: number
  /** This oracle, and the 32 secret bytes of its key. */
  address: string
  seed: Uint8Array
}>

export function createDesk({ pool, journal, place, oracles, quorum, address, seed }: DeskOptions): Desk {
  const book = createBook(pool, address)
  const known = new Map<string, Claim>()
  const since = journal.entries.find((entry) => entry.type === 'begun')?.since ?? 0
  // What was signed before a loss has ended by then.
  const readyAt = since === 0 ? 0 : since + pool.leaseSeconds + CLOCK_SLACK_SECONDS + LATE_SECONDS
  for (const entry of journal.entries) restore(entry)

  function restore(entry: JournalEntry): void {
    if (entry.type === 'batch')
      known.set(`${entry.labeler}/${entry.attempt}`, { layer: entry.layer, items: entry.items })
    if (entry.type !== 'lease') return
    const { labeler, attempt, layer, items, proposer, at, expires, signatures, complete } = entry
    const lease = { attempt, layer, expires, items: items.map((item) => pool.items[item]!), signatures }
    book.hold({ labeler, attempt, layer, items, proposer, since: at, expires, lease, complete })
  }

  const termsOf = (labeler: string, lease: Pick<Lease, 'attempt' | 'layer' | 'expires' | 'items'>): LeaseTerms => {
    const { attempt, layer, expires, items } = lease
    return { ...place, challenge: pool.challenge, labeler, attempt, layer, expires, items }
  }
  const rank: Rank = (oracle) => oracles.indexOf(oracle)
  /** Undefined for ids that are none. */
  const placesOf = (ids: readonly string[]): number[] | undefined => {
    const places = ids.map((id) => pool.placeOf.get(id) ?? -1)
    return places.includes(-1) ? undefined : places.sort((a, b) => a - b)
  }

  /** On disk, then in the book, then told. */
  async function hold(held: Held): Promise<Held> {
    const { labeler, attempt, layer, items, proposer, since: at, lease, complete } = held
    const { expires, signatures } = lease
    const line = {
      labeler,
      attempt,
      layer,
      items: [...items],
      proposer,
      at,
      expires,
      signatures: [...signatures],
      complete,
    }
    await journal.append({ type: 'lease', ...line })
    return book.hold(held)
  }

  function signed(
    labeler: string,
    given: Proposal & { proposer: string; since: number },
    before: Lease['signatures'],
  ): Held {
    const { attempt, layer, items, expires, proposer } = given
    const ids = items.map((item) => pool.items[item]!)
    const own = signLease(termsOf(labeler, { attempt, layer, expires, items: ids }), address, seed)
    const signatures = [...before.filter(({ oracle }) => oracle !== address), own]
    const lease = { attempt, layer, expires, items: ids, signatures }
    return {
      labeler,
      attempt,
      layer,
      items,
      proposer,
      since: given.since,
      expires,
      lease,
      complete: signatures.length >= quorum,
    }
  }

  // One after another: what one request decides on is what the one before has left.
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }

  return {
    pool,
    readyAt,
    propose: (labeler, now, renew) =>
      inTurn(async () => {
        const made = propose(book, labeler, now, rank)
        if ('refused' in made) return made
        if (!('held' in made))
          return { lease: (await hold(signed(labeler, { ...made, proposer: address, since: now }, []))).lease }
        const { held } = made
        const expires = renew ? renewed(book, held, now) : undefined
        if (expires === undefined) return { lease: held.lease }
        const { attempt, layer, items, proposer } = held
        const next = signed(labeler, { attempt, layer, items, expires, proposer, since: held.since }, [])
        await hold(next)
        return { lease: next.lease }
      }),
    sign: (labeler, given, now) =>
      inTurn(async () => {
        const items = placesOf(given.items)
        const [first] = given.signatures
        const signers = leaseSigners(termsOf(labeler, given), given.signatures, oracles)
        // Whoever could ask with a list of its own would learn which items are known.
        if (items === undefined || first === undefined || !signers.has(first.oracle)) return { refused: 'not_allowed' }
        const { attempt, layer, expires } = given
        const asked = { labeler, attempt, layer, items, expires, proposer: first.oracle }
        const refused = refuseLease(book, asked, now, rank)
        if (refused !== undefined) return refused
        const valid = given.signatures.filter(({ oracle }) => signers.has(oracle))
        const next = signed(labeler, { ...asked, since: now }, valid)
        await hold(next)
        return { lease: next.lease }
      }),
    remember: (labeler, given, now) =>
      inTurn(async () => {
        const items = placesOf(given.items)
        const signers = leaseSigners(termsOf(labeler, given), given.signatures, oracles)
        const [first] = given.signatures
        if (items === undefined || first === undefined || signers.size < quorum) return false
        const { attempt, layer, expires } = given
        if (layer > pool.overlap || expires <= now || attempt <= book.attempts(labeler)) return false
        const signatures = given.signatures.filter(({ oracle }) => signers.has(oracle))
        const lease = { attempt, layer, expires, items: items.map((item) => pool.items[item]!), signatures }
        const held = book.heldFor(labeler, attempt).find((one) => one.lease.expires === expires && one.complete)
        if (held?.layer === layer && held.items.every((item, at) => item === items[at])) return true
        await hold({
          labeler,
          attempt,
          layer,
          items,
          proposer: signatures[0]!.oracle,
          since: now,
          expires,
          lease,
          complete: true,
        })
        return true
      }),
    note(labeler, attempt, standing) {
      book.note(labeler, attempt, standing, known.get(`${labeler}/${attempt}`))
    },
    opened: (labeler, attempt, standing, { ids, layer }) =>
      inTurn(async () => {
        const items = ids.flatMap((id) => pool.placeOf.get(id) ?? []).sort((a, b) => a - b)
        const name = `${labeler}/${attempt}`
        if (!known.has(name)) await journal.append({ type: 'batch', labeler, attempt, layer, items })
        known.set(name, { layer, items })
        book.note(labeler, attempt, standing, { layer, items })
      }),
    lacking(pending) {
      const unknown = pending.filter((one) => one.time <= readyAt && !known.has(`${one.labeler}/${one.attempt}`))
      return [...book.unopened(), ...unknown].map(({ labeler, attempt }) => ({ labeler, attempt }))
    },
    coverage(now, ready, waiting = []) {
      const { labelers } = book.occupied(now)
      const { overlap, leaseSeconds, items } = pool
      const sum = (of: Uint16Array) => of.reduce((all, one) => all + one, 0)
      const accepted = book.accepted.slice()
      let [free, handedIn] = [0, 0]
      for (const { standing, ids } of waiting)
        for (const id of ids) {
          const item = pool.placeOf.get(id)
          if (item === undefined) continue
          handedIn++
          if (standing === 'free') free++
          else if (accepted[item]! > 0) accepted[item]!--
        }
      return {
        ...{ challenge: pool.challenge, items: items.length, overlap, places: items.length * overlap },
        ...{ accepted: sum(accepted), held: sum(labelers) - sum(accepted) + free, waiting: handedIn },
        ...{ leaseSeconds, ready },
        covered: accepted.reduce((all, labels) => all + (labels >= overlap ? 1 : 0), 0),
      }
    },
  }
}
