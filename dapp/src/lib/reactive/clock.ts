/** One ticking clock for all relative times on the page: the network's, as far as it is known to be ahead of this browser's. */
import { createSignal, onCleanup } from 'solid-js'

const [now, setNow] = createSignal(Date.now())
/** How far the network's clock is ahead, milliseconds: a local network's can be moved. */
const [ahead, setAhead] = createSignal(0)
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** A ledger closes some seconds before anybody reads of it; only more than that moves the clock. */
const USUAL_MS = 30_000

/** Takes note of a ledger's close time, as an answer of the index brings it. */
export function heardLedger(closedAt: string | null | undefined): void {
  const difference = closedAt ? Date.parse(closedAt) - Date.now() : 0
  const moved = difference > USUAL_MS ? difference : 0
  if (Math.abs(moved - ahead()) > USUAL_MS) setAhead(moved)
}

/** The network's time now, milliseconds; does not tick. */
export const networkNow = (): number => Date.now() + ahead()

/** The network's time in milliseconds, refreshed every second while something on screen reads it. */
export function createNow(): () => number {
  const own = createOwnNow()
  return () => own() + ahead()
}

/** The same by this browser's clock: for how long ago something happened here. */
export function createOwnNow(): () => number {
  users += 1
  // Only what starts the clock sets it: who comes later may stand inside what the clock draws anew, and would start that again for ever.
  if (timer === undefined) {
    setNow(Date.now())
    timer = setInterval(() => setNow(Date.now()), 1000)
  }
  onCleanup(() => {
    users -= 1
    if (users === 0) {
      clearInterval(timer)
      timer = undefined
    }
  })
  return now
}
