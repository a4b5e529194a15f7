/** What a person sees while a story is walked: what came of each part on one stream, and how far a long part is on the other. */
import pc from 'picocolors'

export type Teller = {
  chapter(title: string): void
  fact(label: string, value: string): void
  check(ok: boolean, title: string, compared: string): void
  /** Shows that `work` goes on: what it is, how far, and for how long. `progress`: such as a count, asked for whenever it is shown. */
  during<T>(what: string, work: () => Promise<T>, progress?: () => string): Promise<T>
}

/** For tests and benchmarks, which look at the result. */
export const quietTeller: Teller = {
  ...{ chapter: () => {}, fact: () => {}, check: () => {} },
  during: (_what, work) => work(),
}

/** On a terminal the line is rewritten; in a file of a log each one stays. */
const LIVE_MS = 1_000
const LINE_MS = 15_000

type Stream = { isTTY?: boolean | undefined; write(text: string): unknown }
/** Calls back every `ms` until what it returns is called. */
type Every = (ms: number, show: () => void) => () => void

const everyMs: Every = (ms, show) => {
  const timer = setInterval(show, ms)
  return () => clearInterval(timer)
}

/** @param err for progress: what is piped from `out` is the story alone */
export function terminalTeller(
  out: Stream,
  err: Stream,
  { every = everyMs, now = () => performance.now() }: { every?: Every; now?: () => number } = {},
): Teller {
  const live = err.isTTY === true
  let shown = false
  const clear = () => {
    if (shown) err.write('\r\x1b[2K')
    shown = false
  }
  const say = (line: string) => {
    clear()
    out.write(`${line}\n`)
  }
  return {
    chapter: (title) => say(`\n${pc.bold(title)}`),
    fact: (label, value) => say(`  ${pc.dim(label.padEnd(12))}${value}`),
    check: (ok, title, compared) => say(`  ${ok ? pc.green('✓') : pc.red('✗')} ${title} ${pc.dim(compared)}`),
    async during(what, work, progress) {
      const since = now()
      const show = () => {
        const far = progress?.()
        const line = pc.dim(`  · ${what}${far ? `: ${far}` : ''}, after ${elapsed(now() - since)}`)
        clear()
        err.write(live ? line : `${line}\n`)
        shown = live
      }
      const stop = every(live ? LIVE_MS : LINE_MS, show)
      try {
        return await work()
      } finally {
        stop()
        clear()
      }
    },
  }
}

/** For `during`: how long a date is still away. Nothing without `seconds`. */
export function leftUntil(seconds: number | undefined, now = () => performance.now()): () => string {
  const since = now()
  return () => {
    const left = seconds === undefined ? 0 : seconds - (now() - since) / 1_000
    return left > 0 ? `${inWords(left)} left` : ''
  }
}

const elapsed = (ms: number): string => inWords(ms / 1_000)

function inWords(all: number): string {
  const seconds = Math.floor(all)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
