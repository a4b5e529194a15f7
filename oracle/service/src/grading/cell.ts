/**
 * Where grading processes live: they read strangers' bytes, so whoever takes one over should find nothing in it. Node's permission model
 * holds JavaScript in; where the machine has namespaces, a root of its own holds the whole process. What holds is tried, not assumed.
 */
import { type ChildProcess, type ForkOptions, fork } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '@stellartrain/service'
import type { ProbeAnswer, ProbeQuestion } from './probe.ts'

/** `bubblewrap` and `namespaces`: a file system with nothing but the code, no network, no other process. `permissions`: Node's alone. */
export type CellKind = 'bubblewrap' | 'namespaces' | 'permissions'

/** What a process in the cell was seen to be unable to do. */
export type Isolation = Readonly<{ by: CellKind } & ProbeAnswer>

export type Cell = Readonly<{
  isolation: Isolation | undefined
  /** Starts a script of this package in the cell: with an empty environment and a channel to this process. */
  start(script: URL, memoryMb: number): ChildProcess
}>

/** The cell that every machine has. */
export const plainCell: Cell = cellOf('permissions', [])

/**
 * The narrowest cell that works here.
 * @param folder of this process, for an empty folder in it
 */
export async function openCell(folder: string, log: Log): Promise<Cell> {
  const root = join(folder, 'cell')
  await mkdir(root, { recursive: true })
  chosen ??= choose(root, folder)
  const isolation = await chosen
  if (isolation === undefined) {
    log.warn('grading_not_isolated', { message: 'No grading process could be tried.' })
    return plainCell
  }
  log.info('grading_isolated', isolation)
  const [, command = []] = commands(root).find(([kind]) => kind === isolation.by) ?? []
  return { ...cellOf(isolation.by, command), isolation }
}

/** The machine does not change while a process runs. */
let chosen: Promise<Isolation | undefined> | undefined

async function choose(root: string, folder: string): Promise<Isolation | undefined> {
  for (const [kind, command] of commands(root)) {
    const seen = await probe(cellOf(kind, command), folder)
    if (seen !== undefined) return { by: kind, ...seen }
  }
  return undefined
}

function cellOf(kind: CellKind, command: readonly string[]): Cell {
  return {
    isolation: undefined,
    start(script, memoryMb) {
      const [execPath = process.execPath, ...before] = command
      const options: ForkOptions = {
        // No secret is inherited, nothing can be written or started from inside, and no output of it reaches a log.
        env: {},
        cwd: '/',
        execPath,
        execArgv: [
          ...before,
          ...(kind === 'permissions' ? [] : [...(kind === 'namespaces' ? ['--'] : []), process.execPath]),
          `--max-old-space-size=${memoryMb}`,
          '--permission',
          ...readable().map((path) => `--allow-fs-read=${path}`),
          '--disable-warning=SecurityWarning',
          // Without an environment it does not inherit NODE_OPTIONS, by which packages are taken from their sources.
          ...(script.pathname.endsWith('.ts') ? ['--conditions=stellartrain-source'] : []),
        ],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'advanced',
      }
      return fork(script, [], options)
    },
  }
}

function commands(root: string): [CellKind, string[]][] {
  if (process.platform !== 'linux') return [['permissions', []]]
  const found = (name: string) => ['/usr/bin', '/bin', '/usr/local/bin'].map((at) => join(at, name)).find(existsSync)
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

let known: readonly string[] | undefined

/** The code that a grading process runs: this package, its two leaves, and where their dependencies are. */
function readable(): readonly string[] {
  if (known !== undefined) return known
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
  known = [...paths].filter(existsSync)
  return known
}

function packageOf(file: string): string {
  let at = dirname(realpathSync(file))
  while (!existsSync(join(at, 'package.json'))) at = dirname(at)
  return at
}

const PROBE_MS = 30_000

/** What a process in this cell cannot do; undefined where none can be started. */
async function probe(cell: Cell, folder: string): Promise<ProbeAnswer | undefined> {
  const secret = join(folder, 'cell.probe')
  await writeFile(secret, 'no one should read this', { mode: 0o600 })
  const server = createServer((socket) => socket.destroy())
  const local = createServer((socket) => socket.destroy())
  const path = join(folder, 'probe.sock')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A path that is too long for a socket leaves this one untried, which counts as not held.
  const named = await new Promise<boolean>((resolve) => {
    local.once('error', () => resolve(false))
    local.listen(path, () => resolve(true))
  })
  const { port } = server.address() as { port: number }
  try {
    return await ask(cell, { port, socket: named ? path : undefined, file: secret, parent: process.pid })
  } finally {
    server.close()
    if (named) local.close()
  }
}

function ask(cell: Cell, question: ProbeQuestion): Promise<ProbeAnswer | undefined> {
  return new Promise((resolve) => {
    const script = new URL('./probe.ts', import.meta.url)
    const child = cell.start(script, 64)
    const end = (answer?: ProbeAnswer) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(answer)
    }
    const timer = setTimeout(end, PROBE_MS)
    child.on('message', (answer) => end(answer as ProbeAnswer))
    child.on('error', () => end()).on('exit', () => end())
    child.send(question, (error) => error && end())
  })
}
