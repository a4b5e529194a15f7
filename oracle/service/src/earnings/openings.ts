/** Which challenges have their work open here: each is opened once, and again after a while where that failed. */
import { HttpError } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Watch } from '../chain/watch.ts'
import { publicError } from '../errors.ts'
import { type OpenWork, type OpenWorkDeps, openWork } from './open-work.ts'

/** A challenge with its work, at a time of the ledger. */
export type WorkAt = Readonly<{ challenge: Challenge; of: OpenWork; now: number }>

export type Openings = {
  /** Null where the challenge takes no signed batches. Rejects where it cannot be opened now. */
  open(challenge: Challenge): Promise<OpenWork | null>
  /** Of a challenge that this oracle accepted. @throws HttpError */
  at(id: number): Promise<WorkAt>
  /** Undefined while it is not open. */
  ready(id: number): OpenWork | undefined
  /** Closes what is followed no more. */
  forget(): void
}

export type OpeningsDeps = OpenWorkDeps & Readonly<{ watch: Pick<Watch, 'get' | 'clock'> }>

/** Before what failed is tried again. */
export const AGAIN_MS = 2_000

export function createOpenings(deps: OpeningsDeps): Openings {
  const { watch, log } = deps
  const opened = new Map<number, Promise<OpenWork | null>>()
  const ready = new Map<number, OpenWork>()

  function open(challenge: Challenge): Promise<OpenWork | null> {
    const known = opened.get(challenge.id)
    if (known) return known
    const opening = openWork(challenge, deps)
    opened.set(challenge.id, opening)
    opening.then(
      (found) => found && ready.set(challenge.id, found),
      (error: unknown) => {
        log.warn('work_waits', { challenge: challenge.id, ...publicError(error) })
        setTimeout(() => opened.delete(challenge.id), AGAIN_MS).unref()
      },
    )
    return opening
  }

  return {
    open,
    async at(id) {
      const challenge = watch.get(id)
      const now = watch.clock()?.closedAt
      const accepted = challenge !== undefined && (challenge.accepted[challenge.seat] ?? 0) > 0
      const of = accepted ? await open(challenge) : null
      if (challenge === undefined || of === null || now === undefined)
        throw new HttpError(404, 'no_work', `This oracle takes no signed batches in challenge ${id}.`, {
          headers: { 'retry-after': '5' },
        })
      return { challenge, of, now }
    },
    ready: (id) => ready.get(id),
    forget() {
      for (const id of opened.keys())
        if (watch.get(id) === undefined) {
          opened.delete(id)
          ready.delete(id)
        }
    },
  }
}
