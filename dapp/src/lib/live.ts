/** Follows the API's event stream and refreshes what is on screen; polls where the stream is not to be had. */
import { revalidate } from '@solidjs/router'
import { onCleanup } from 'solid-js'
import { config } from './config.ts'

const QUIET_MS = 150
const BUSY_MS = 1500
const POLL_MS = 4000

const types = [
  'message',
  'oracle_registered',
  'challenge_created',
  'challenge_accepted',
  'topped_up',
  'challenge_cancelled',
  'submitted',
  'scored',
  'settled',
  'payment_released',
  'silence_fixed',
  'truth_revealed',
  'fees_withdrawn',
  'challenge_closed',
]

/** Refreshes all queries on screen soon after each event of `challenge` (or of any), at most every 1.5 s. */
export function createLive(challenge?: () => string | undefined): void {
  let last = 0
  let pending: ReturnType<typeof setTimeout> | undefined
  let poll: ReturnType<typeof setInterval> | undefined
  const refresh = () => {
    pending ??= setTimeout(
      () => {
        pending = undefined
        last = Date.now()
        if (document.visibilityState === 'visible') void revalidate()
      },
      Math.max(QUIET_MS, last + BUSY_MS - Date.now()),
    )
  }
  const id = challenge?.()
  const source = new EventSource(`${config().apiUrl}/v1/events${id ? `?challenge=${id}` : ''}`)
  for (const type of types) source.addEventListener(type, refresh)
  source.onopen = () => {
    clearInterval(poll)
    poll = undefined
  }
  source.onerror = () => {
    poll ??= setInterval(refresh, POLL_MS)
  }
  const onVisible = () => document.visibilityState === 'visible' && refresh()
  document.addEventListener('visibilitychange', onVisible)
  onCleanup(() => {
    source.close()
    clearInterval(poll)
    clearTimeout(pending)
    document.removeEventListener('visibilitychange', onVisible)
  })
}
