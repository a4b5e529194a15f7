/** One ticking clock for all relative times on the page. */
import { createSignal, onCleanup } from 'solid-js'

const [now, setNow] = createSignal(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time in milliseconds, refreshed every second while something on screen reads it. */
export function createNow(): () => number {
  users += 1
  setNow(Date.now())
  timer ??= setInterval(() => setNow(Date.now()), 1000)
  onCleanup(() => {
    users -= 1
    if (users === 0) {
      clearInterval(timer)
      timer = undefined
    }
  })
  return now
}
