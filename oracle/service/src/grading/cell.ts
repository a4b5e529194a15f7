/**
 * Where grading processes live: they read strangers' bytes, so whoever takes one over should find nothing in it. Node's permission model
 * holds JavaScript in; where the machine has namespaces, a root of its own holds the whole process. What holds is tried, not assumed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { type Backoff, backoffMs, type Log } from '@stellartrain/service'
import type { OracleError } from '../errors.ts'
import { CHANNEL_FD, type Heard, openChannel, READY } from './channel.ts'
import { type CellKind, type Isolation, notIsolated } from './isolation.ts'
import type { ProbeAnswer, ProbeQuestion } from './probe.ts'
import type { Requirement } from './requirement.ts'

export type Cell = Readonly<{
  /** What new processes start in. It changes where a narrower cell was found later: those that run then are of the old kind. */
  kind: CellKind
  isolation: Isolation | undefined
  /** Why nothing may run in it now. */
  refusal(): OracleError | undefined
  /** Starts a script of this package in the cell: with an empty environment and a channel to this process. */
  start(script: URL, memoryMb: number): GradingProcess
}>

/**
 * Emits `message` for each message of the process, and `error` also where it says something else, more than it was allowed, or without being
 * asked. `post` asks, and allows one message of so many bytes.
 */
export type GradingProcess = ChildProcess & { post(message: unknown, answerBytes: number): void }

/** The cell that every machine has. */
export const plainCell: Cell = cellOf('permissions', [])

export type CellOptions = Readonly<{
  required?: Requirement
  /** Ends the tries. */
  signal?: AbortSignal
  /** How long a probe may take, at the first try and at later ones, milliseconds. */
  probeMs?: (tried: number) => number
  policy?: Backoff
}>

/** `unsure`: a narrower cell gave no answer, which a busy machine can be the reason of. */
type Choice = Readonly<{ isolation: Isolation | undefined; unsure: boolean }>

const POLICY: Backoff = { firstMs: 10_000, capMs: 600_000 }

/**
 * The narrowest cell that works here; one that gave no answer is tried again beside, and used once it does.
 * @param folder of this process, for an empty folder in it
 */
export async function openCell(folder: string, log: Log, options: CellOptions = {}): Promise<Cell> {
  const { required = 'none', signal = new AbortController().signal, probeMs = patience, policy = POLICY } = options
  const root = join(folder, 'cell')
  makeFolder(root)
  let isolation: Isolation | undefined
  let current = plainCell

  function use(choice: Choice): void {
    isolation = choice.isolation
    if (isolation === undefined) {
      log.warn('grading_not_isolated', { message: 'No grading process could be tried.' })
    } else {
      log.info('grading_isolated', isolation)
      const [, command = []] = commands(root).find(([kind]) => kind === isolation?.by) ?? []
      current = cellOf(isolation.by, command)
    }
  }

  async function again(): Promise<void> {
    for (let tried = 1; ; tried++) {
      await pause(backoffMs(policy, tried, Math.random()), undefined, { signal, ref: false }).catch(() => {})
      if (signal.aborted) return
      const choice = await choose(root, folder, probeMs(tried)).catch(() => undefined)
      if (choice === undefined || signal.aborted) continue
      if (choice.isolation !== undefined && choice.isolation.by !== isolation?.by) use(choice)
      if (!choice.unsure) return
    }
  }

  // The machine does not change while a process runs.
  // What was found with the usual patience says nothing of a caller that has another.
  const usual = probeMs === patience
  const first = (usual ? known : undefined) ?? (await choose(root, folder, probeMs(0)))
  if (usual && !first.unsure) known = first
  use(first)
  if (first.unsure) {
    log.warn('grading_isolation_unsure', { message: 'A trial of isolation gave no answer, and is repeated.' })
    void again()
  }
  return {
    get kind() {
      return current.kind
    },
    get isolation() {
      return isolation
    },
    refusal: () => notIsolated(required, isolation),
    start: (script, memoryMb) => current.start(script, memoryMb),
  }
}

let known: Choice | undefined

async function choose(root: string, folder: string, limitMs: number): Promise<Choice> {
  let unsure = false
  for (const [kind, command] of commands(root)) {
    const seen = await probe(cellOf(kind, command), folder, limitMs)
    if (seen === 'no answer') unsure = true
    else if (seen !== undefined) return { isolation: { by: kind, ...seen }, unsure }
  }
  return { isolation: undefined, unsure }
}

function cellOf(kind: CellKind, command: readonly string[]): Cell {
  return {
    kind,
    isolation: undefined,
    refusal: () => undefined,
    start(script, memoryMb) {
      const [program = process.execPath, ...given] = [
        ...tied(),
        ...command,
        ...(kind === 'namespaces' ? ['--'] : []),
        process.execPath,
        `--max-old-space-size=${memoryMb}`,
        '--permission',
        ...readable().map((path) => `--allow-fs-read=${path}`),
        '--disable-warning=SecurityWarning',
        // Without an environment it does not inherit NODE_OPTIONS, by which packages are taken from their sources.
        ...(script.pathname.endsWith('.ts') ? ['--conditions=stellartrain-source'] : []),
        fileURLToPath(script),
      ]
      const child = spawn(
        program,
        given,
        // No secret is inherited, nothing can be written or started from inside, and no output of it reaches a log. In a group of their own
        // the processes that make a cell can be ended together.
        { env: {}, cwd: '/', stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' },
      )
      return withChannel(child)
    },
  }
}

function withChannel(child: ChildProcess): GradingProcess {
  // Where there are no more files there is none, and its error follows.
  const stream = child.stdio?.[CHANNEL_FD] as Duplex | undefined
  let allowed = READY_BYTES
  let isReady = false
  /** What is asked before it is ready. */
  let asked: [message: unknown, answerBytes: number] | undefined
  const heard: Heard = {
    message(value) {
      allowed = 0
      if (isReady) return void child.emit('message', value)
      if (value !== READY) return heard.broken(new Error('The process began with something else.'))
      isReady = true
      if (asked) post(...asked)
    },
    broken(error) {
      child.kill('SIGKILL')
      child.emit('error', error)
    },
  }
  const send = stream && openChannel(stream, heard, () => allowed)
  /**
   * While a cell is being made, its processes are not yet tied to the first one: without it one would wait for it for ever, or go on. So all
   * are ended together, and what still begins gets no job, which might never end: it ends once it hears that nobody is there.
   */
  const leave = () => void stream?.destroy()
  const kill = child.kill.bind(child)
  child.on('exit', leave)
  child.kill = (signal) => {
    leave()
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(child.pid, signal)
    return kill(signal)
  }
  function post(message: unknown, answerBytes: number): void {
    if (!isReady) {
      asked = [message, answerBytes]
      return
    }
    allowed = answerBytes
    send?.(message)
  }
  return Object.assign(child, { post })
}

function killGroup(leader: number, signal: Parameters<ChildProcess['kill']>[0]): void {
  try {
    process.kill(-leader, signal)
  } catch {
    // It has ended.
  }
}

/** The cells that this machine may have, the narrowest first. */
export const cellsOf = (root: string): Cell[] => commands(root).map(([kind, command]) => cellOf(kind, command))

let tie: readonly string[] | undefined

/** What has the kernel end a process when the one that started it ends, however that ends; nothing where the machine has no such command. */
function tied(): readonly string[] {
  if (tie !== undefined) return tie
  const setpriv = process.platform === 'linux' ? found('setpriv') : undefined
  const command = setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL']
  const [program, ...given] = [...command, '/bin/true']
  // That of BusyBox has no such option.
  tie = spawnSync(program!, given, { stdio: 'ignore' }).status === 0 ? command : []
  return tie
}

const found = (name: string) => ['/usr/bin', '/bin', '/usr/local/bin'].map((at) => join(at, name)).find(existsSync)

function commands(root: string): [CellKind, string[]][] {
  if (process.platform !== 'linux') return [['permissions', []]]
  const [bwrap, unshare] = [found('bwrap'), found('unshare')]
  const paths = [process.execPath, ...SYSTEM, ...readable()].filter(existsSync)
  const list: [CellKind, string[]][] = []
  if (bwrap !== undefined) {
    const binds = paths.flatMap((path) => ['--ro-bind', path, path])
    const how = ['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--dev', '/dev']
    list.push(['bubblewrap', [bwrap, ...how, '--proc', '/proc', ...binds, '--chdir', '/', '--']])
  }
  if (unshare !== undefined) {
    const spaces = ['--user', '--map-root-user', '--mount', '--net', '--ipc', '--uts', '--pid', '--fork']
    const shell = ['--kill-child', '--', '/bin/sh', '-c', ENTER, 'cell', root]
    list.push(['namespaces', [unshare, ...spaces, ...shell, ...paths]])
  }
  return [...list, ['permissions', []]]
}

/** What a program needs of the system: libraries. Links are followed. */
const SYSTEM = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/usr/bin', '/bin']

/**
 * Makes a root of these paths alone, all read-only, and runs what follows `--` in it without any privilege. The shell stays, as the
 * namespace's first process: a program that aborts there would not end.
 */
const ENTER = `
PATH=/usr/sbin:/usr/bin:/sbin:/bin
set -e
root=$1; shift
mount -t tmpfs -o size=64k,mode=755 none "$root"
while [ "$1" != -- ]; do
  if [ -L "$1" ]; then mkdir -p "$root$(dirname "$1")"; ln -s "$(readlink "$1")" "$root$1"
  else
    if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root$(dirname "$1")"; : > "$root$1"; fi
    mount --bind "$1" "$root$1"
    mount -o remount,bind,ro "$root$1"
  fi
  shift
done
shift
mkdir -p "$root/proc" "$root/dev"
mount -t proc -o ro proc "$root/proc"
for one in null urandom; do : > "$root/dev/$one"; mount --bind "/dev/$one" "$root/dev/$one"; done
mount -o remount,ro "$root"
setpriv=
if command -v setpriv > /dev/null; then setpriv="setpriv --no-new-privs --bounding-set=-all --inh-caps=-all"; fi
chroot "$root" $setpriv "$@"
exit $?
`

let code: readonly string[] | undefined

/** The code that a grading process runs: this package, its two leaves, and where their dependencies are. */
function readable(): readonly string[] {
  if (code !== undefined) return code
  const own = packageOf(fileURLToPath(import.meta.url))
  const leaves = ['@stellartrain/oracle-grade', '@stellartrain/ipfs-content'].map((name) =>
    packageOf(fileURLToPath(import.meta.resolve(name))),
  )
  const paths = new Set<string>()
  for (const folder of [own, ...leaves]) {
    for (const part of ['src', 'dist', 'package.json']) paths.add(join(folder, part))
    for (let at = folder; ; at = dirname(at)) {
      paths.add(join(at, 'node_modules'))
      if (at === dirname(at)) break
    }
  }
  // Around the packages: where Node looks for the nearest manifest.
  paths.add(join(dirname(dirname(own)), 'package.json'))
  code = [...paths].filter(existsSync)
  return code
}

function packageOf(file: string): string {
  let at = dirname(realpathSync(file))
  while (!existsSync(join(at, 'package.json'))) at = dirname(at)
  return at
}

/** Of the first message. */
const READY_BYTES = 64
/** Of an answer of the probe. */
const PROBE_BYTES = 4_096

/** A machine whose cores are taken may need long. */
const patience = (tried: number) => Math.min(30_000 * 2 ** tried, 240_000)

/** What a process in this cell cannot do; undefined where none can be started, `no answer` where that is not known. */
async function probe(cell: Cell, folder: string, limitMs: number): Promise<ProbeAnswer | 'no answer' | undefined> {
  const secret = join(folder, 'cell.probe')
  await writeFile(secret, 'no one should read this', { mode: 0o600 })
  const server = createServer((socket) => socket.destroy())
  const local = createServer((socket) => socket.destroy())
  const path = join(folder, 'probe.sock')
  // A process that was killed leaves its own.
  await rm(path, { force: true })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A path that is too long for a socket leaves this one untried, which counts as not held.
  const named = await new Promise<boolean>((resolve) => {
    local.once('error', () => resolve(false))
    local.listen(path, () => resolve(true))
  })
  const { port } = server.address() as { port: number }
  try {
    return await ask(cell, { port, socket: named ? path : undefined, file: secret, parent: process.pid }, limitMs)
  } finally {
    server.close()
    if (named) local.close()
  }
}

function ask(cell: Cell, question: ProbeQuestion, limitMs: number): ReturnType<typeof probe> {
  return new Promise((resolve) => {
    const script = new URL('./probe.ts', import.meta.url)
    const child = cell.start(script, 64)
    const end = (answer?: ProbeAnswer | 'no answer') => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(answer)
    }
    const timer = setTimeout(() => end('no answer'), limitMs)
    child.on('message', (answer) => end(answer as ProbeAnswer))
    // Processes or memory can be lacking for a moment; a program that is missing or may not do this stays so.
    child.on('error', ({ code }: NodeJS.ErrnoException) =>
      end(code === 'EAGAIN' || code === 'ENOMEM' || code === 'EMFILE' ? 'no answer' : undefined),
    )
    child.on('exit', (_, signal) => end(signal === 'SIGKILL' ? 'no answer' : undefined))
    child.post(question, PROBE_BYTES)
  })
}
