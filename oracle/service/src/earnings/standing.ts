/** How the batches of a challenge stand now: by the decisions of its reviewer so far, and by the epochs that have their quorum. */
import type { Earned } from '@stellartrain/oracle-grade'
import type { Standing } from '../tasks/book.ts'
import type { Worked } from '../tasks/worked.ts'
import { BELOW_ACCURACY, earnings, reasonOf, withdrawnIn } from './epoch.ts'
import { type Listed, listedIn } from './listed.ts'
import type { OpenWork } from './open-work.ts'
import { type Held, nameOf } from './store.ts'

/** By the decisions that there were: anyone may ask how each of thousands of appeals stands. They are added, and replaced only by an epoch. */
const withdrawn = new WeakMap<OpenWork['store'], { reviews: number; epochs: number; items: ReadonlySet<string> }>()

function withdrawnNow(store: OpenWork['store']): ReadonlySet<string> {
  const known = withdrawn.get(store)
  const [reviews, epochs] = [store.reviews.length, store.epochs.length]
  if (known?.reviews === reviews && known.epochs === epochs) return known.items
  const items = withdrawnIn([{ reviews: [...store.reviews] }])
  withdrawn.set(store, { reviews, epochs, items })
  return items
}

/** Why a batch is rejected as things are; 0 where it is accepted. */
export const reasonNow = ({ store, terms }: OpenWork, { work, time }: Held): number =>
  reasonOf(work, time, terms.minAccuracy, withdrawnNow(store))

/**
 * What the leases are told of a batch. Until its epoch, but no longer than an epoch takes, one that known items reject keeps its places: whoever
 * asked for them with another account would learn at once how it was judged, and could try again as often as accounts are made. Not for
 * longer: where nobody has earned anything there is no epoch, and places that are held for ever would keep everyone out.
 */
export function standingOf(of: OpenWork, held: Held, now: number): Standing {
  const reason = reasonNow(of, held)
  if (reason === 0) return 'accepted'
  const isKept = !listedNow(of).batches.has(nameOf(held.batch)) && !isDue(of, held, now)
  return reason === BELOW_ACCURACY && isKept ? 'pending' : 'free'
}

/** Whether the epoch of a batch could be posted by now. */
const isDue = ({ terms }: OpenWork, held: Held, now: number) => now >= held.time + terms.epochSeconds

/**
 * Whether it may be told how a batch was judged: by its epoch. Where nobody has earned anything, such as by wrong known items, there is
 * none: then once one would be due, so that who was rejected learns of it and can appeal.
 */
export const isTold = (of: OpenWork, held: Held, now: number): boolean =>
  listedNow(of).batches.has(nameOf(held.batch)) || (of.store.epochs.length === 0 && isDue(of, held, now))

export function workedOf(of: OpenWork, held: Held, now: number): Worked {
  const { labeler, attempt } = held.batch
  return { labeler, attempt, standing: standingOf(of, held, now), ids: held.work.ids, layer: held.work.layer }
}

/** The same for the leases: what keeps its places is told again by `released`. */
export function notedFor(of: OpenWork, held: Held, now: number): Worked {
  const worked = workedOf(of, held, now)
  if (worked.standing === 'pending') of.keeping.add(held)
  return worked
}

/** Batches that keep their places no longer. */
export function released(of: OpenWork, now: number): Worked[] {
  const found: Worked[] = []
  for (const held of of.keeping) {
    const worked = workedOf(of, held, now)
    if (worked.standing === 'pending') continue
    of.keeping.delete(held)
    found.push(worked)
  }
  return found
}

/** Batches that no epoch has yet, one of each name. */
export function waitingIn(of: OpenWork, now: number): Worked[] {
  const { batches } = listedNow(of)
  const found = new Map<string, Held>()
  for (const held of of.store.batches.values()) {
    const name = nameOf(held.batch)
    if (!batches.has(name) && !found.has(name)) found.set(name, held)
  }
  return [...found.values()].map((held) => workedOf(of, held, now))
}

/** By all epochs that have their quorum; thousands of labelers ask. */
export function earnedNow(of: OpenWork): Earned {
  const epochs = of.store.epochs.length
  if (of.earned?.epochs !== epochs) {
    const earned = earnings(of.store.epochs, of.terms, (sha256) => of.store.batches.get(sha256)?.work)
    of.earned = { epochs, earned }
  }
  return of.earned.earned
}

/** As `earnedNow`; it needs no batch to be here. */
export function listedNow(of: OpenWork): Listed {
  const epochs = of.store.epochs.length
  if (of.listed?.epochs !== epochs) of.listed = { epochs, listed: listedIn(of.store.epochs) }
  return of.listed.listed
}
