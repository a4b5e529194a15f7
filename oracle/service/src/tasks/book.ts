/**
 * What one oracle knows of a challenge's leases and batches: who holds which items, who labeled what. A plain state without I/O: leases
 * come from its journal and from those who show one, batches from the ledger.
 */
import type { Lease } from '@stellartrain/ipfs-content/lease'
import { LATE_SECONDS, type Pool, PROPOSED_SECONDS } from './pool.ts'

/** A lease that this oracle signed or was shown. Items are places in the pool. */
export type Held = {
  readonly labeler: string
  readonly attempt: number
  /** From 1 to the overlap. */
  readonly layer: number
  readonly items: readonly number[]
  /** When it was first signed or shown here, ledger time. */
  readonly since: number
  /** Who proposed it. */
  readonly proposer: string
  /** The last end that was signed here or shown. */
  expires: number
  /** The version to hand out: one that enough oracles signed, where one is known. */
  lease: Lease
  /** Whether enough oracles signed that version. */
  complete: boolean
}

/** `free`: concluded without an accepted label. */
export type Standing = 'pending' | 'accepted' | 'free'

export type Batch = {
  readonly labeler: string
  readonly attempt: number
  standing: Standing
  /** What it is about, once it was opened. */
  about: Claim | undefined
}

/** Places of one layer. */
export type Claim = { readonly layer: number; readonly items: readonly number[] }

/** `layers`: 1 for each place that is taken, by layer - 1 and item; `labelers`: how many label each item. */
export type Occupied = { readonly layers: readonly Uint8Array[]; readonly labelers: Uint16Array }

export type Book = {
  readonly pool: Pool
  /** Adds a lease, or renews one of the same items. */
  hold(held: Held): Held
  /** Notes how a batch stands; what is final never changes. */
  note(labeler: string, attempt: number, standing: Standing, about?: Claim): void
  batch(labeler: string, attempt: number): Batch | undefined
  /** How many batches of a labeler are in the ledger. */
  attempts(labeler: string): number
  /** The leases of an attempt that still count. */
  heldFor(labeler: string, attempt: number): readonly Held[]
  /** What was labeled or is held. */
  occupied(now: number): Occupied
  /** Accepted labels of each item. */
  readonly accepted: Uint16Array
  /** What a labeler labeled or holds. */
  hasHad(labeler: string): ReadonlySet<number>
  isNewcomer(labeler: string): boolean
  /** Places that labelers without an accepted batch hold, but for one attempt. */
  heldByNewcomers(now: number, but: { labeler: string; attempt: number }): number
  /** Until when a labeler waits who let leases end that were proposed here. */
  waits(labeler: string, now: number): number
  /** Accepted batches that were not opened here yet. */
  unopened(): readonly Batch[]
  /** Live leases and batches without a verdict. */
  running(now: number): number
  /** Whose leases a labeler's wait is counted by: this oracle's own. */
  readonly own: string
}

const keyOf = (labeler: string, attempt: number) => `${labeler}/${attempt}`
/** Longest wait, seconds. */
const LONGEST_WAIT = 24 * 3_600

export function createBook(pool: Pool, own: string): Book {
  const held = new Map<string, Held[]>()
  const batches = new Map<string, Batch>()
  /** Without a verdict. */
  const pending = new Map<string, Batch>()
  const unopened = new Set<Batch>()
  const accepted = new Uint16Array(pool.items.length)
  /** Accepted places by layer. */
  const taken = Array.from({ length: pool.overlap }, () => new Uint8Array(pool.items.length))
  const labeled = new Map<string, Set<number>>()
  const counts = new Map<string, number>()
  const trusted = new Set<string>()
  const lapses = new Map<string, { count: number; at: number }>()

  function add(labeler: string, items: readonly number[]): void {
    const known = labeled.get(labeler) ?? new Set<number>()
    labeled.set(labeler, known)
    for (const item of items) known.add(item)
  }

  const isLive = ({ expires }: Held, now: number) => now <= expires + LATE_SECONDS

  /** Leases that ended without a batch are forgotten. */
  function sweep(now: number): void {
    for (const [key, all] of held) {
      if (batches.has(key)) continue
      const live = all.filter((one) => isLive(one, now))
      if (live.length === all.length) continue
      if (live.length > 0) held.set(key, live)
      else {
        held.delete(key)
        const [first] = all
        // A dishonest oracle can propose leases in anybody's name; and what nobody renewed was never of use.
        if (all.some(({ proposer, since, expires }) => proposer === own && expires > since + PROPOSED_SECONDS))
          lapse(first!.labeler, Math.max(...all.map((one) => one.expires)))
      }
    }
  }

  function lapse(labeler: string, at: number): void {
    lapses.set(labeler, { count: (lapses.get(labeler)?.count ?? 0) + 1, at })
  }

  /** What an attempt occupies. */
  function claimsOf(key: string): readonly Claim[] {
    const batch = batches.get(key)
    if (batch?.standing === 'free') return []
    return batch?.about !== undefined ? [batch.about] : (held.get(key) ?? [])
  }

  const itemsOf = (key: string): number[] => claimsOf(key).flatMap(({ items }) => items)

  function conclude(batch: Batch): void {
    const key = keyOf(batch.labeler, batch.attempt)
    add(batch.labeler, batch.about?.items ?? itemsOf(key))
    if (batch.standing === 'accepted') {
      trusted.add(batch.labeler)
      lapses.delete(batch.labeler)
      if (batch.about === undefined) {
        unopened.add(batch)
        return
      }
      unopened.delete(batch)
      for (const item of batch.about.items) {
        accepted[item]!++
        const layer = taken[batch.about.layer - 1]
        if (layer !== undefined) layer[item] = 1
      }
    }
    held.delete(key)
  }

  return {
    pool,
    own,
    accepted,
    hold(next) {
      const key = keyOf(next.labeler, next.attempt)
      const all = held.get(key) ?? []
      const same = all.find((one) => isSame(one, next))
      if (same === undefined) {
        held.set(key, [...all, next])
        return next
      }
      same.expires = Math.max(same.expires, next.expires)
      if (next.lease.expires === same.lease.expires) {
        const known = new Set(same.lease.signatures.map(({ oracle }) => oracle))
        const more = next.lease.signatures.filter(({ oracle }) => !known.has(oracle))
        same.lease = { ...same.lease, signatures: [...same.lease.signatures, ...more] }
        same.complete ||= next.complete
      } else if (next.lease.expires > same.lease.expires && (next.complete || !same.complete)) {
        same.lease = next.lease
        same.complete = next.complete
      }
      return same
    },
    note(labeler, attempt, standing, about) {
      const key = keyOf(labeler, attempt)
      counts.set(labeler, Math.max(attempt, counts.get(labeler) ?? 0))
      const known = batches.get(key)
      const batch = known ?? { labeler, attempt, standing: 'pending' as Standing, about: undefined }
      batches.set(key, batch)
      if (batch.standing !== 'pending' && !unopened.has(batch)) {
        // Final; but whoever labeled something has labeled it.
        if (about !== undefined) add(labeler, about.items)
        return
      }
      batch.about ??= about
      if (batch.standing === 'pending') batch.standing = standing
      if (batch.standing === 'pending') {
        pending.set(key, batch)
        add(labeler, itemsOf(key))
        return
      }
      pending.delete(key)
      conclude(batch)
    },
    batch: (labeler, attempt) => batches.get(keyOf(labeler, attempt)),
    attempts: (labeler) => counts.get(labeler) ?? 0,
    heldFor: (labeler, attempt) => held.get(keyOf(labeler, attempt)) ?? [],
    occupied(now) {
      sweep(now)
      const labelers = accepted.slice()
      const layers = taken.map((layer) => layer.slice())
      const count = (key: string) => {
        for (const { layer, items } of claimsOf(key)) {
          for (const item of items) {
            labelers[item]!++
            const places = layers[layer - 1]
            if (places !== undefined) places[item] = 1
          }
        }
      }
      for (const key of held.keys()) count(key)
      // Submitted by a lease that was not shown here, and opened.
      for (const [key, { about }] of pending) if (about !== undefined && !held.has(key)) count(key)
      return { layers, labelers }
    },
    hasHad(labeler) {
      const all = new Set(labeled.get(labeler))
      const last = counts.get(labeler) ?? 0
      for (const item of itemsOf(keyOf(labeler, last))) all.add(item)
      return all
    },
    isNewcomer: (labeler) => !trusted.has(labeler),
    heldByNewcomers(now, but) {
      sweep(now)
      const butKey = keyOf(but.labeler, but.attempt)
      let places = 0
      for (const [key, all] of held) {
        const { labeler } = all[0]!
        if (!trusted.has(labeler) && key !== butKey) places += itemsOf(key).length
      }
      return places
    },
    waits(labeler, now) {
      sweep(now)
      const lapsed = lapses.get(labeler)
      if (lapsed === undefined) return 0
      const wait = Math.min(LONGEST_WAIT, (pool.leaseSeconds / 4) * 2 ** (lapsed.count - 1))
      const until = Math.ceil(lapsed.at + wait)
      return now < until ? until : 0
    },
    unopened: () => [...unopened],
    running(now) {
      sweep(now)
      return held.size
    },
  }
}

/** Whether two leases are about the same places. */
export function isSame(a: Claim, b: Claim): boolean {
  return a.layer === b.layer && a.items.length === b.items.length && a.items.every((item, at) => item === b.items[at])
}
