/**
 * Whether the ledger names a file in a challenge that this oracle serves; its own view may be a ledger behind its caller's.
 *
 * Anybody can name somebody else's file in a submission of their own, in a challenge that takes small files only: so a file has the
 * largest limit of all challenges that name it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createWaiting } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'

const WAIT_MS = 10_000
const LOOK_MS = 200
/** How many may wait: whoever asks for what nobody submitted must not keep those away who did. */
const MOST_WAITING = 64
/** Of one address. */
const MOST_WAITING_OF_ONE = 8

/** @param naming the challenges that have a submission with this CID @param signal ends all waiting */
export function createNamed(naming: (cid: string) => readonly Challenge[], signal: AbortSignal) {
  const waiting = createWaiting({ most: MOST_WAITING, perClient: MOST_WAITING_OF_ONE })

  const served = (cid: string) => naming(cid).filter(({ accepted, seat }) => (accepted[seat] ?? 0) > 0)

  /** Empty where no challenge that this oracle accepted names it. @param client '' is one that may stand for many */
  return async (cid: string, client = ''): Promise<readonly Challenge[]> => {
    const known = served(cid)
    if (known.length > 0) return known
    const place = waiting.take(client)
    if (place === undefined) return known
    try {
      for (let waited = 0; waited < WAIT_MS && !place.signal.aborted; waited += LOOK_MS) {
        await pause(LOOK_MS, undefined, { signal })
        const found = served(cid)
        if (found.length > 0) return found
      }
      return []
    } finally {
      place.free()
    }
  }
}

/**
 * Of several challenges that name a file, the one that takes the largest; undefined for none. One whose limit cannot be told now
 * takes no part, unless that is so of all.
 * @param limitOf bytes, of the manifest
 */
export async function roomiest(
  challenges: readonly Challenge[],
  limitOf: (challenge: Challenge) => Promise<number>,
): Promise<{ challenge: number; maxBytes: number } | undefined> {
  const limits = await Promise.allSettled(challenges.map(limitOf))
  const told = limits.flatMap((limit, index) =>
    limit.status === 'fulfilled' ? [{ challenge: challenges[index]!.id, maxBytes: limit.value }] : [],
  )
  const failed = limits.find((limit) => limit.status === 'rejected')
  if (told.length === 0 && failed !== undefined) throw failed.reason
  return told.toSorted((a, b) => b.maxBytes - a.maxBytes)[0]
}
