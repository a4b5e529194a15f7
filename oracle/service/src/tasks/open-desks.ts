/**
 * The desks of those challenges whose batches need leases: each is opened when it is first needed, with its journal, and takes in what the
 * ledger has. Until it knows all of that, and what it signed itself, it has to wait.
 */
import { quorum } from '@stellartrain/contracts-client/rules'
import { ContentError, type Place } from '@stellartrain/ipfs-content'
import { HttpError, type Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { Watch } from '../chain/watch.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Identity } from '../challenge-files/identity.ts'
import { publicError } from '../errors.ts'
import type { About, Items } from '../grading/jobs.ts'
import type { Standing } from './book.ts'
import { createDesk, type Desk } from './desk.ts'
import { openJournal } from './journal.ts'
import { createPool } from './pool.ts'
import type { Worked } from './worked.ts'

export type DesksDeps = Readonly<{
  folder: string
  place: Place
  identity: Pick<Identity, 'address' | 'keypair'>
  watch: Pick<Watch, 'clock'>
  inputs(challenge: Challenge): Promise<GradingInputs>
  /** In a grading process. */
  items(inputs: GradingInputs): Promise<Items>
  /** What a batch is about. Rejects where it cannot be had now. */
  about(entry: Entry, challenge: Challenge): Promise<About>
  /** All signed batches so far, where earnings are paid. */
  work(challenge: number): Promise<readonly Worked[]>
  /** Milliseconds since 1970. */
  wall: () => number
  log: Log
}>

export type Open = {
  readonly desk: Desk
  /** Numbers of which no more is to be learned. */
  readonly done: Set<number>
  /** Batches that are being opened. */
  readonly opening: Set<number>
  /** Before then nothing is opened again, milliseconds. */
  notBefore: number
}

const AGAIN_MS = 5_000
const OPEN_AT_ONCE = 4

export type OpenDesks = ReturnType<typeof createOpenDesks>

export function createOpenDesks(deps: DesksDeps) {
  const { folder, place, identity, watch, wall, log } = deps
  const desks = new Map<number, Promise<Open | null>>()
  const { address, keypair } = identity

  const journalOf = (id: number) =>
    openJournal(folder, id, () =>
      log.warn('leases_lost', { challenge: id, message: 'The journal of leases is damaged and is begun anew.' }),
    )

  /** Null where batches need no lease. */
  function open(challenge: Challenge): Promise<Open | null> {
    const known = desks.get(challenge.id)
    if (known !== undefined) return known
    const opening = openDesk(challenge)
    desks.set(challenge.id, opening)
    opening.catch((error: unknown) => {
      log.warn('leases_wait', { challenge: challenge.id, ...publicError(error) })
      setTimeout(() => desks.delete(challenge.id), AGAIN_MS).unref()
    })
    return opening
  }

  async function openDesk(challenge: Challenge): Promise<Open | null> {
    const { id, terms } = challenge
    const inputs = await deps.inputs(challenge).catch((error: unknown) => {
      // Amounts that are posted by hand: there is no truth.
      if (terms.payout.rule === 'earnings' && error instanceof ContentError && !error.retryable) return undefined
      throw error
    })
    if (inputs === undefined) return null
    const { labeling } = inputs
    if (labeling?.leased === undefined) return null
    const { items, known } = await deps.items(inputs)
    const { overlap } = labeling.leased
    const { secondsPerItem } = inputs.manifest.labeling ?? {}
    const pool = createPool({ challenge: id, items, known, overlap, size: labeling.size, secondsPerItem })
    let journal = await journalOf(id)
    if (journal.entries.length === 0) {
      const since = watch.clock()?.closedAt ?? 0
      log.warn('leases_lost', {
        challenge: id,
        message: `Nothing is known of leases before ${since}: none is signed until they have ended.`,
      })
      await journal.append({ type: 'begun', since })
      journal = await journalOf(id)
    }
    const seed = keypair.rawSecretKey()
    const desk = createDesk({ pool, journal, place, oracles: terms.oracles, quorum: quorum(terms), address, seed })
    // No ledger has them: they are noted here before anything is signed.
    if (terms.payout.rule === 'earnings') for (const worked of await deps.work(id)) await noteWorked(desk, worked)
    return { desk, done: new Set(), opening: new Set(), notBefore: 0 }
  }

  function takeIn(challenge: Challenge, { desk, done }: Open): void {
    for (const [number, { solver, attempt }] of challenge.entries) {
      if (done.has(number)) continue
      const standing = standingOf(challenge, number)
      desk.note(solver, attempt, standing)
      if (standing !== 'pending') done.add(number)
    }
  }

  /** What has to be opened before this oracle signs again. */
  function lacking(challenge: Challenge, { desk }: Open): Entry[] {
    const pending = [...challenge.entries.values()]
      .filter(({ number }) => standingOf(challenge, number) === 'pending')
      .map(({ solver: labeler, attempt, time }) => ({ labeler, attempt, time }))
    const names = new Set(desk.lacking(pending).map(({ labeler, attempt }) => `${labeler}/${attempt}`))
    return names.size === 0
      ? []
      : [...challenge.entries.values()].filter((one) => names.has(`${one.solver}/${one.attempt}`))
  }

  function openLacking(challenge: Challenge, of: Open): void {
    if (wall() < of.notBefore) return
    for (const entry of lacking(challenge, of)) {
      if (of.opening.size >= OPEN_AT_ONCE) return
      if (of.opening.has(entry.number)) continue
      of.opening.add(entry.number)
      void deps
        .about(entry, challenge)
        .then((about) => of.desk.opened(entry.solver, entry.attempt, standingOf(challenge, entry.number), about))
        .catch((error: unknown) => {
          of.notBefore = wall() + AGAIN_MS
          log.warn('batch_not_opened', { challenge: challenge.id, number: entry.number, ...publicError(error) })
        })
        .finally(() => of.opening.delete(entry.number))
    }
  }

  /** Why no lease is signed now. */
  function waitsFor(challenge: Challenge, of: Open, now: number): HttpError | undefined {
    const wait = (message: string) =>
      new HttpError(503, 'catching_up', `This oracle signs no leases now: ${message}`, {
        headers: { 'retry-after': '5' },
      })
    const { entries, submissions, counters } = challenge
    const { readyAt } = of.desk
    if (now < readyAt) return wait(`its journal was lost, and what it signed before may count until ${readyAt}.`)
    if (
      entries.size < counters.submitted ||
      [...entries.keys()].some((number) => submissions[number - 1] === undefined)
    )
      return wait('it does not know all batches yet.')
    if (lacking(challenge, of).length > 0) return wait('it has not opened all accepted batches yet.')
    return undefined
  }

  return {
    open,
    waitsFor,
    /** Takes in what the ledger has; cheap when nothing has changed. */
    follow(challenge: Challenge, of: Open): void {
      takeIn(challenge, of)
      openLacking(challenge, of)
    },
    /** Before this oracle accepts a challenge: from here on its journal is whole. */
    async begin({ id }: Challenge): Promise<void> {
      const journal = await journalOf(id)
      if (journal.entries.length === 0) await journal.append({ type: 'begun', since: 0 })
    },
    /** Those of challenges that are no longer watched. */
    forget(isWatched: (id: number) => boolean): void {
      for (const id of desks.keys()) if (!isWatched(id)) desks.delete(id)
    },
  }
}

/** Notes a signed batch, which no ledger has. */
export const noteWorked = (desk: Desk, { labeler, attempt, standing, ids, layer }: Worked) =>
  desk.opened(labeler, attempt, standing, { ids, layer })

/** Whether batches of labels may be leased here: the manifest says whether they are. */
export const isLeasing = ({ terms }: Challenge): boolean =>
  terms.payout.rule === 'per_unit' || terms.payout.rule === 'earnings'

export function standingOf({ submissions }: Challenge, number: number): Standing {
  const status = submissions[number - 1]?.status.status ?? 'pending'
  if (status === 'pending') return 'pending'
  return status === 'scored' ? 'accepted' : 'free'
}
