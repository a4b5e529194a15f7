/** The API's event stream as one thing that happens: "something changed". While it is away, a clock takes its place. */
import { EVENT_TYPES, RECORDS_EVENT_TYPES, RECOUNT_EVENT_TYPES } from '@stellartrain/contracts-client/events'

/** What of an EventSource is used. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>

/** A named event of a stream has to be asked for by its name: all that the contracts have, and unnamed ones. */
export const HEARD: readonly string[] = ['message', ...EVENT_TYPES, ...RECORDS_EVENT_TYPES, ...RECOUNT_EVENT_TYPES]

const POLL_MS = 4_000
const REOPEN_MS = 15_000
const CLOSED = 2

/** Calls `changed` for each event of `url`, and every few seconds while the stream is broken. @returns its end */
export function followStream(url: string, changed: () => void, open: (url: string) => Source): () => void {
  let source: Source
  let poll: ReturnType<typeof setInterval> | undefined
  let reopen: ReturnType<typeof setTimeout> | undefined
  const stopPolling = () => {
    clearInterval(poll)
    poll = undefined
  }
  const connect = () => {
    reopen = undefined
    source = open(url)
    for (const type of HEARD) source.addEventListener(type, changed)
    source.addEventListener('open', () => {
      stopPolling()
      // A stream begins with what comes next: what happened since the page was read, or while it was broken, is asked for.
      changed()
    })
    source.addEventListener('error', () => {
      poll ??= setInterval(changed, POLL_MS)
      // A refused stream is not tried again by the browser.
      if (source.readyState === CLOSED) reopen ??= setTimeout(connect, REOPEN_MS)
    })
  }
  connect()
  return () => {
    source.close()
    stopPolling()
    clearTimeout(reopen)
  }
}
