/** An act that was asked for while something it depends on is still being read: it follows once that is known. */
import { type Accessor, createEffect, createSignal, untrack } from 'solid-js'

export type After = {
  /** Acts at once, or when `busy` ends. */
  ask: () => void
  waiting: Accessor<boolean>
  forget: () => void
}

export function createAfter(busy: () => boolean, act: () => void): After {
  const [waiting, setWaiting] = createSignal(false)
  createEffect(() => {
    if (!waiting() || busy()) return
    setWaiting(false)
    untrack(act)
  })
  return {
    ask: () => (untrack(busy) ? setWaiting(true) : act()),
    waiting,
    forget: () => setWaiting(false),
  }
}
