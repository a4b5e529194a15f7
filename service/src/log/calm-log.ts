/** A log that nobody can fill: what is written again and again is counted instead, for strangers can cause errors as often as they like. */
import type { Log, LogFields } from './log.ts'

export type CalmOptions = Readonly<{
  /** Lines of one kind that are written at once. */
  burst?: number
  /** Milliseconds after which one more is written, with how many were left out. */
  everyMs?: number
  /** Milliseconds that only grow. */
  now?: () => number
}>

const BURST = 10
const EVERY_MS = 60_000
/** Kinds that are told apart; more count as one. */
const MOST_KINDS = 200

/** Lines of the levels `error` and `warn`, by event and code, at most `burst` and then one in `everyMs`, with `suppressed`: how many were not. */
export function calmLog(
  log: Log,
  { burst = BURST, everyMs = EVERY_MS, now = () => performance.now() }: CalmOptions = {},
): Log {
  const kinds = new Map<string, { left: number; next: number; suppressed: number }>()

  function allow(level: string, event: string, fields: LogFields): LogFields | undefined {
    const named = `${level} ${event} ${fields.code ?? ''} ${fields.task ?? ''}`
    const name = kinds.has(named) || kinds.size < MOST_KINDS ? named : level
    const kind = kinds.get(name) ?? { left: burst, next: 0, suppressed: 0 }
    kinds.set(name, kind)
    if (now() >= kind.next + everyMs) kind.left = Math.max(kind.left, kind.suppressed > 0 ? 1 : burst)
    if (kind.left <= 0) {
      kind.suppressed++
      return undefined
    }
    kind.left--
    kind.next = now()
    const { suppressed } = kind
    kind.suppressed = 0
    return suppressed > 0 ? { ...fields, suppressed } : fields
  }

  const calm = (inner: Log, bound: LogFields): Log => {
    const at =
      (level: 'error' | 'warn') =>
      (event: string, fields: LogFields = {}) => {
        const shown = allow(level, event, { ...bound, ...fields })
        if (shown !== undefined) inner[level](event, shown)
      }
    return {
      ...inner,
      error: at('error'),
      warn: at('warn'),
      with: (fields) => calm(inner.with(fields), { ...bound, ...fields }),
    }
  }
  return calm(log, {})
}
