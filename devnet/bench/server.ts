/** The network as a process of its own, and raw requests to it: what is measured is the server, not the client's library. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export interface Server {
  url: string
  /** Milliseconds from the start of the process to its first answer. */
  ready: number
  stop(): Promise<void>
  /** Resident memory in MiB. */
  memory(): number
}

export async function launch(...args: string[]): Promise<Server> {
  const start = performance.now()
  const child = spawn(process.execPath, [MAIN, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await Promise.race([once(child.stdout, 'data'), gone(child)])) as [Buffer]
  const url = line.toString().trim()
  await call(url, 'getHealth')
  return {
    url,
    ready: performance.now() - start,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
    memory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString()) / 1024,
  }
}

async function gone(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`the network ended with ${code} before it was ready`)
}

export interface Request {
  method: string
  params?: object
}

/** One request; its result. */
export async function call<T>(url: string, method: string, params: object = {}): Promise<T> {
  const [result] = await batch<T>(url, [{ method, params }])
  return result!
}

/** Several requests in one batch; their results in this order. */
export async function batch<T>(url: string, requests: readonly Request[]): Promise<T[]> {
  const body = JSON.stringify(requests.map((request, id) => ({ jsonrpc: '2.0', id, ...request })))
  const response = await fetch(`${url}/rpc`, { method: 'POST', body })
  const answers = (await response.json()) as { result?: T; error?: { message: string } }[]
  return answers.map(({ result, error }) => {
    if (error) throw new Error(error.message)
    return result as T
  })
}
