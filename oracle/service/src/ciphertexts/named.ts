/** Whether the ledger names a file in a challenge that this oracle serves; its own view may be a ledger behind its caller's. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Challenge } from '../chain/challenge.ts'

const WAIT_MS = 10_000
const LOOK_MS = 200

/** @param challenges those that are followed now */
export async function challengeOfCid(
  challenges: () => readonly Challenge[],
  cid: string,
  signal: AbortSignal,
): Promise<Challenge | undefined> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const found = challenges().find(
      ({ accepted, seat, entries }) =>
        (accepted[seat] ?? 0) > 0 && [...entries.values()].some((entry) => entry.cid === cid),
    )
    if (found !== undefined || waited >= WAIT_MS) return found
    await pause(LOOK_MS, undefined, { signal })
  }
}
