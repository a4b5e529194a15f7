/** Whether the ledger names a file in a challenge that this oracle serves; its own view may be a ledger behind its caller's. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Challenge } from '../chain/challenge.ts'

const WAIT_MS = 10_000
const LOOK_MS = 200
/** How many may wait: whoever asks for what nobody submitted must not keep those away who did. */
const MOST_WAITING = 64

/** @param naming the challenges that have a submission with this CID @param signal ends all waiting */
export function createNamed(naming: (cid: string) => readonly Challenge[], signal: AbortSignal) {
  let waiting = 0

  const served = (cid: string) => naming(cid).find(({ accepted, seat }) => (accepted[seat] ?? 0) > 0)

  /** Undefined where no challenge that this oracle accepted names it. */
  return async (cid: string): Promise<Challenge | undefined> => {
    const known = served(cid)
    if (known !== undefined || waiting >= MOST_WAITING) return known
    waiting++
    try {
      for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
        await pause(LOOK_MS, undefined, { signal })
        const found = served(cid)
        if (found !== undefined) return found
      }
      return undefined
    } finally {
      waiting--
    }
  }
}
