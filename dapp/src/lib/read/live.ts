/** Follows the API's event stream and refreshes what is on screen. */
import { revalidate } from '@solidjs/router'
import { createEffect, onCleanup } from 'solid-js'
import { config } from '../site/config.ts'
import { followStream } from './stream.ts'

const QUIET_MS = 150
const BUSY_MS = 1500

/** Refreshes all queries on screen soon after each event of `challenge` (or of any), at most every 1.5 s. */
export function createLive(challenge?: () => string | undefined): void {
  let last = 0
  let pending: ReturnType<typeof setTimeout> | undefined
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
  createEffect(() => {
    const id = challenge?.()
    const url = `${config().apiUrl}/v1/events${id ? `?challenge=${id}` : ''}`
    onCleanup(followStream(url, refresh, (address) => new EventSource(address)))
  })
  const onVisible = () => document.visibilityState === 'visible' && refresh()
  document.addEventListener('visibilitychange', onVisible)
  onCleanup(() => {
    clearTimeout(pending)
    document.removeEventListener('visibilitychange', onVisible)
  })
}
