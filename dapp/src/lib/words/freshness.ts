/** Whether the figures on screen can be called fresh: by the age of the index's last answer and by how far it is behind. Pure. */
import { formatDuration } from './format.ts'

/** It is asked every two seconds or so; three questions without an answer are a silence. */
export const LOOK_MS = 2_500
export const SILENT_MS = 8_000
const LATE_SECONDS = 30

export type Freshness = { tone: 'good' | 'wait' | 'bad' | 'none'; text: string }

export function freshnessOf(seen: {
  unreachable: boolean
  answeredAt: number
  openedAt: number
  now: number
  ledger: number | undefined
  lagSeconds: number | null | undefined
}): Freshness {
  const { unreachable, answeredAt, now, ledger, lagSeconds } = seen
  if (unreachable) return { tone: 'bad', text: 'The index cannot be reached; figures may be old' }
  const silence = now - (answeredAt || seen.openedAt)
  if (silence > SILENT_MS)
    return {
      tone: 'wait',
      text: `The index has not answered for ${formatDuration(silence / 1000)}; figures may be old`,
    }
  if (ledger === undefined) return { tone: 'none', text: 'Asking the index…' }
  const at = `Index at ledger ${ledger.toLocaleString('en')}`
  return (lagSeconds ?? 0) > LATE_SECONDS
    ? { tone: 'wait', text: `${at}, ${formatDuration(lagSeconds ?? 0)} behind the network` }
    : { tone: 'good', text: at }
}
