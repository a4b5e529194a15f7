/** Programs that the checks of the packages start: with an environment as a stranger has it, to their end or until they say something. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type Run = { code: number | null; out: string; err: string }
type Place = { cwd: string; timeoutMs?: number }

/** This process's environment without what npm puts there: above all the condition that leads to sources. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$|^INIT_CWD$/i.test(name)),
)

function start([command = '', ...args]: readonly string[], { cwd, timeoutMs = 300_000 }: Place) {
  const child = spawn(command, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs })
  const said: Run = { code: null, out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  return { child, said }
}

export async function run(command: readonly string[], place: Place): Promise<Run> {
  const { child, said } = start(command, place)
  const [code] = (await once(child, 'close')) as [number | null]
  return { ...said, code }
}

/** @throws Error with all that it said, unless it ends with code 0 */
export async function succeed(command: readonly string[], place: Place): Promise<Run> {
  const result = await run(command, place)
  if (result.code === 0) return result
  throw new Error(`${command.join(' ')} ended with ${result.code}:\n${result.out}${result.err}`)
}

/** Starts a server, hands `use` the first match of `ready` in its output, and stops it. @throws Error if it ends before */
export async function during<T>(
  command: readonly string[],
  place: Place,
  ready: RegExp,
  use: (match: string) => Promise<T>,
): Promise<T> {
  const { child, said } = start(command, place)
  try {
    const match = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', () => {
        const found = ready.exec(said.out)
        if (found) resolve(found[1] ?? found[0])
      })
      child.once('error', reject)
      child.once('close', (code) =>
        reject(new Error(`${command.join(' ')} ended with ${code}:\n${said.out}${said.err}`)),
      )
    })
    return await use(match)
  } finally {
    child.kill('SIGTERM')
  }
}
