/** How far a chain can go: its last ledger, and the last moment that a warp may reach. */
import { DevnetError } from '../errors.ts'

/** The last ledger of a chain: as on the network, whose accounts' first sequence numbers are 2^32 times a ledger's. */
export const LAST_LEDGER = 2 ** 31 - 1
/** Ledgers that a warp leaves, so that the chain can still be used there. */
const WARP_RESERVE = 1_000_000
/** Seconds since 1970 up to which a warp goes: the end of 9999, the last year that clients can write as a date. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000

/**
 * @param at where the chain is: the newest ledger's sequence number, and its clock in seconds since 1970
 * @throws {DevnetError} `BAD_WARP` for what is not a count; `WARP_TOO_FAR` beyond what sequence numbers and dates can hold
 */
export function checkWarp(at: { seconds: number; ledgers: number; sequence: number; time: number }): void {
  const { seconds, ledgers } = at
  if (![seconds, ledgers].every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new DevnetError('BAD_WARP', `seconds and ledgers must be whole numbers from 0 on, not ${seconds}, ${ledgers}`)
  const sequence = at.sequence + Math.max(1, ledgers)
  if (sequence > LAST_LEDGER - WARP_RESERVE) throw tooFar(`ledger ${sequence}`, `ledger ${LAST_LEDGER - WARP_RESERVE}`)
  const time = at.time + seconds
  if (time > LAST_TIME) throw tooFar(`${time} seconds since 1970`, `${LAST_TIME}`)
}

const tooFar = (there: string, last: string) =>
  new DevnetError(
    'WARP_TOO_FAR',
    `this warp would end at ${there}, and warps end at ${last}: warp less, restore a snapshot or start another network`,
  )
