/** A container engine by its command line: Docker or podman, whichever works here. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Ran = { code: number; out: string; err: string }
export type RunOptions = { input?: string; timeoutMs?: number; env?: NodeJS.ProcessEnv; cwd?: string }

export type Engine = {
  name: 'docker' | 'podman'
  /** Runs `docker ARGS` or `podman ARGS`. */
  try(args: readonly string[], options?: RunOptions): Promise<Ran>
  /** @throws Error that quotes the end of what it said, when the exit code is not 0 */
  run(args: readonly string[], options?: RunOptions): Promise<string>
  /** What a pipeline in a shell begins with, for output that is too long to keep. */
  command: readonly string[]
  env: NodeJS.ProcessEnv
}

/** Runs a command, killed after `timeoutMs` (default ten minutes). */
export function runCommand(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { input = '', timeoutMs = 600_000, env = process.env, cwd } = options
  return new Promise((done) => {
    const child = spawn(command, args, { env, cwd, timeout: timeoutMs, killSignal: 'SIGKILL' })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.on('error', (error) => done({ code: 127, out, err: error.message }))
    child.on('close', (code) => done({ code: code ?? 137, out, err }))
    // What it started may keep its pipes open for ever after it was killed.
    child.on('exit', (code) => setTimeout(() => done({ code: code ?? 137, out, err }), 3_000).unref())
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** @throws Error when neither engine works here */
export async function findEngine(store: string): Promise<Engine> {
  const tried: string[] = []
  for (const candidate of candidates(store)) {
    const engine = engineOf(candidate)
    const { code, err } = await engine.try(['info'], { timeoutMs: 60_000 })
    if (code === 0) return engine
    tried.push(`${candidate.command.join(' ')}: ${lastLines(err, 1)}`)
  }
  throw new Error(`No container engine works here.\n${tried.join('\n')}`)
}

type Candidate = Pick<Engine, 'name' | 'command' | 'env'>

/** Podman as root gets a store of its own, so that nothing of the machine's is touched and everything can be removed. */
function candidates(store: string): Candidate[] {
  const docker: Candidate = { name: 'docker', command: ['docker'], env: process.env }
  if (process.getuid?.() !== 0) return [docker, { name: 'podman', command: ['podman'], env: process.env }]
  mkdirSync(store, { recursive: true })
  // Where a container engine may not raise limits, its defaults (a million files) are refused.
  const conf = join(store, 'containers.conf')
  writeFileSync(conf, '[containers]\ndefault_ulimits=["nofile=1024:1024","nproc=4096:4096"]\n')
  const env = { ...process.env, CONTAINERS_CONF: process.env.CONTAINERS_CONF ?? conf }
  const places = ['--root', join(store, 'storage'), '--runroot', join(tmpdir(), 'stellartrain-containers-run')]
  const runtime = existsSync('/usr/sbin/runc') || existsSync('/usr/bin/runc') ? ['--runtime', 'runc'] : []
  const podman = (driver: string): Candidate => ({
    name: 'podman',
    command: ['podman', ...runtime, '--storage-driver', driver, ...places],
    env,
  })
  return [docker, podman(process.env.STORAGE_DRIVER ?? 'overlay'), podman('vfs')]
}

function engineOf({ name, command, env }: Candidate): Engine {
  const [program = '', ...first] = command
  const attempt = (args: readonly string[], options: RunOptions = {}) =>
    runCommand(program, [...first, ...args], { ...options, env: { ...env, ...options.env } })
  return {
    name,
    command,
    env,
    try: attempt,
    async run(args, options) {
      const { code, out, err } = await attempt(args, options)
      if (code === 0) return out.trim()
      throw new Error(`${name} ${args.slice(0, 4).join(' ')} … failed (${code}): ${lastLines(err || out, 6)}`)
    },
  }
}

export const lastLines = (text: string, count: number): string => text.trim().split('\n').slice(-count).join('\n')
