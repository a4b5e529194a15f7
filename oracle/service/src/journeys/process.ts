/** The oracle as a process of its own, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { builtFile } from './built.ts'

const SOURCE = fileURLToPath(new URL('../main.ts', import.meta.url))
const main = () => builtFile('oracle') ?? SOURCE

export type OracleProcess = {
  child: ChildProcess
  url: string
  /** Everything it wrote so far. */
  output(): string
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** Starts it and resolves when it listens. */
export async function startProcess(env: Record<string, string>, args: string[] = []): Promise<OracleProcess> {
  const child = spawn(process.execPath, ['--conditions=stellartrain-source', main(), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (data) => {
    output += data
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      output += `${line}\n`
      const { event, url } = JSON.parse(line) as { event: string; url?: string }
      if (event === 'listening') resolve(url!)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  return {
    child,
    url,
    output: () => output,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Runs it to its end, for starts that fail. */
export async function runToEnd(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--conditions=stellartrain-source', main()], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data
    })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, output }
}
