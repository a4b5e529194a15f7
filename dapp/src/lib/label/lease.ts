/** The lease of the batch on the page: how long it lasts, and that it lasts longer while somebody works on it. */
import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createNow } from '../reactive/clock.ts'
import { attemptAction } from '../wallet/sent.ts'
import type { Words } from '../words/errors.ts'

export type LeaseClock = {
  /** Seconds; undefined where no lease is needed. */
  left: () => number | undefined
  ended: () => boolean
  /** It lasts as long as it may. */
  final: () => boolean
  /** Whether it has to be renewed by hand: the wallet would be asked. */
  asks: () => boolean
  busy: () => boolean
  failure: () => Words | undefined
  renew: () => Promise<void>
}

/** A wallet that is asked in the middle of the work would take the keys away from it. */
class WouldSign extends Error {}

/** Renewed by itself once less than this share is left. */
const RENEW_SHARE = 0.4
/** Between two tries, and how recent an answer has to be. */
const PAUSE_MS = 60_000

export function createLeaseClock(of: {
  /** Unix seconds; undefined where no lease is needed. */
  expires: number | undefined
  renew: (asking: { signal: AbortSignal; onSigning: () => void }) => Promise<number>
  /** Changes with each step of the work. */
  step: () => unknown
}): LeaseClock {
  const now = createNow()
  const [expires, setExpires] = createSignal(of.expires)
  const [final, setFinal] = createSignal(false)
  const [asks, setAsks] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const gone = new AbortController()
  onCleanup(() => gone.abort())
  const left = createMemo(() => {
    const end = expires()
    return end === undefined ? undefined : Math.max(0, Math.floor(end - now() / 1000))
  })
  const ended = createMemo(() => left() === 0)
  let whole = left() ?? 0
  let tried = 0

  async function renew(onSigning: () => void): Promise<void> {
    tried = Date.now()
    setBusy(true)
    const later = await of.renew({ signal: gone.signal, onSigning }).finally(() => setBusy(false))
    if (later <= (expires() ?? 0)) setFinal(true)
    setExpires(later)
    whole = left() ?? 0
    setAsks(false)
  }

  createEffect(
    on(
      of.step,
      () => {
        const rest = left()
        if (rest === undefined || rest === 0 || final() || asks() || busy()) return
        if (rest > whole * RENEW_SHARE || Date.now() - tried < PAUSE_MS) return
        renew(() => {
          throw new WouldSign()
        }).catch((error: unknown) => void setAsks(error instanceof WouldSign))
      },
      { defer: true },
    ),
  )

  return {
    ...{ left, ended, final, asks, busy, failure },
    async renew() {
      setFailure(undefined)
      setFailure(await attemptAction(() => renew(() => {})))
    },
  }
}
