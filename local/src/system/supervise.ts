/** Runs one service as a child process: waits until it says that it is ready, starts it again when it dies, and never leaves it behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { builtMain } from './built.ts'
import { StartProblem } from './problem.ts'

export type ServiceSpec = {
  name: string
  /** Absolute path of the service's public main. */
  main: string
  args?: string[]
  env: Record<string, string>
  /** Where its output is kept. */
  logFile: string
  /** Where its process id is noted, for the next start to see. */
  pidFile?: string
  /** Milliseconds until a start that said nothing counts as failed. */
  readyWithin?: number
}

export type Service = {
  name: string
  /** What the service said when it was ready. */
  url: string
  pid(): number | undefined
  /** How often it was started again after a death. */
  restarts(): number
  /** Ends it for good; SIGKILL as a power cut would. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

const WATCH = new URL('../../parent-watch.js', import.meta.url).href
const LONGEST_BACKOFF_MS = 5000
/** A service that ran this long is taken to be well, and its next death waits shortly again. */
const STEADY_MS = 5000

/** @throws StartProblem `service_failed` when the first start does not become ready; later deaths are restarted for good. */
export async function supervise(spec: ServiceSpec, log: (line: string) => void): Promise<Service> {
  const main = await builtMain(spec.main)
  let child: ChildProcess | undefined
  let stopping = false
  let restarts = 0
  let inARow = 0
  let lastWhy = ''
  let since = 0
  let timer: NodeJS.Timeout | undefined

  function launch(): Promise<string> {
    return new Promise((ready, fail) => {
      const tail: string[] = []
      // A group of its own, so that Ctrl-C reaches only the parent, which then stops its services in order.
      const started = spawn(
        process.execPath,
        ['--conditions=stellartrain-source', '--import', WATCH, main, ...(spec.args ?? [])],
        {
          env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_NO_WARNINGS: '1', ...spec.env },
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
          detached: true,
        },
      )
      child = started
      note(started.pid)
      since = Date.now()
      const late = setTimeout(() => {
        fail(new StartProblem('service_failed', `${spec.name} was not ready in time. Its log: ${spec.logFile}`))
        started.kill('SIGKILL')
      }, spec.readyWithin ?? 60_000)
      const keep = (line: string) => {
        tail.push(line)
        if (tail.length > 12) tail.shift()
        try {
          appendFileSync(spec.logFile, `${line}\n`)
        } catch {
          // a full disk must not take the services down with it
        }
      }
      createInterface({ input: started.stderr! }).on('line', keep)
      createInterface({ input: started.stdout! }).on('line', (line) => {
        const url = readyUrl(line)
        if (url === null) return keep(line)
        keep(`ready after ${Date.now() - since} ms`)
        tail.length = 0
        clearTimeout(late)
        ready(url)
      })
      started.on('error', (cause) => {
        clearTimeout(late)
        fail(new StartProblem('service_failed', `${spec.name} could not be started: ${cause.message}`, { cause }))
        if (!stopping && spawned && started.pid === undefined) again(cause.message)
      })
      started.on('exit', (code, signal) => {
        clearTimeout(late)
        fail(
          new StartProblem(
            'service_failed',
            `${spec.name} stopped while starting (${signal ?? `exit code ${code}`}):\n${tail.map((line) => `  ${line}`).join('\n')}`,
          ),
        )
        if (!stopping && spawned)
          again(signal ?? [`exit code ${code}`, tail.at(-1)?.slice(0, 300)].filter(Boolean).join(': '))
      })
    })
  }

  function note(pid: number | undefined): void {
    if (!spec.pidFile || pid === undefined) return
    try {
      writeFileSync(spec.pidFile, String(pid))
    } catch {
      // a full disk, see above
    }
  }

  function again(why: string): void {
    restarts += 1
    inARow = Date.now() - since > STEADY_MS ? 1 : inARow + 1
    const wait = Math.min(LONGEST_BACKOFF_MS, 50 * 2 ** Math.min(inARow, 7))
    // A reason that lasts, such as a full disk, is told once.
    if (inARow === 1 || why !== lastWhy) log(`${spec.name} stopped (${why}); starting it again`)
    lastWhy = why
    timer = setTimeout(() => {
      if (!stopping) launch().catch(() => {}) // an end is answered where it is seen, above
    }, wait)
  }

  let spawned = false
  const url = await launch()
  spawned = true
  return {
    name: spec.name,
    url,
    pid: () => child?.pid,
    restarts: () => restarts,
    async stop(signal = 'SIGTERM') {
      stopping = true
      clearTimeout(timer)
      const running = child
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      await new Promise<void>((done) => {
        const force = setTimeout(() => running.kill('SIGKILL'), 8000)
        running.once('exit', () => {
          clearTimeout(force)
          done()
        })
        running.kill(signal)
      })
    },
  }
}

/** The address in the line of a service that listens, or of a database that is ready; null for any other line. The local network, a command for people too, says only its address. */
export function readyUrl(line: string): string | null {
  if (/^https?:\/\/\S+$/.test(line)) return line
  if (!line.startsWith('{')) return null
  try {
    const said = JSON.parse(line) as { event?: unknown; url?: unknown }
    return (said.event === 'listening' || said.event === 'ready') && typeof said.url === 'string' ? said.url : null
  } catch {
    return null
  }
}

/** Path of another package's main, found the way Node finds the package. */
export function mainOf(pkg: string): string {
  return fileURLToPath(new URL('./main.ts', import.meta.resolve(pkg)))
}
