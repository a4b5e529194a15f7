/** What a start can be told by the environment: the home folder, one port a service, the ledger interval. All mistakes are reported together. */
import { resolve } from 'node:path'
import { StartProblem } from './problem.ts'
import type { ServiceSpec } from './supervise.ts'

export type Ports = { dapp: number; api: number; oracle: number; ipfs: number; rpc: number; postgres: number }

export type StartOptions = {
  /** Absolute path of the folder that holds all state. */
  home: string
  /** Address to listen on; loopback unless told otherwise. */
  host: string
  /** 0 picks a free port; it is remembered in the home. */
  ports: Ports
  /** Seconds between two ledgers of the local network. */
  interval: number
  /** Whether the local network's clock can be moved by HTTP, for tests; not unless said so. */
  controls?: boolean
  /** Changes what a service is started with, for tests of bad days. */
  alter?: (spec: ServiceSpec) => Promise<ServiceSpec>
}

const PORTS: [keyof Ports, string, number][] = [
  ['dapp', 'DAPP_PORT', 3000],
  ['api', 'API_PORT', 4000],
  ['oracle', 'ORACLE_PORT', 4100],
  ['ipfs', 'IPFS_PORT', 8080],
  ['rpc', 'RPC_PORT', 8000],
  ['postgres', 'POSTGRES_PORT', 0],
]

/** @throws StartProblem `bad_configuration` that names every variable that cannot be used. */
export function readStartOptions(env: NodeJS.ProcessEnv, cwd: string): StartOptions {
  const problems: string[] = []
  const ports = {} as Ports
  for (const [key, name, fallback] of PORTS) {
    const text = env[name] ?? ''
    const port = text === '' ? fallback : Number(text)
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      problems.push(`${name}=${text} is not a port (0 to 65535; 0 picks a free one)`)
    else if (port !== 0 && Object.values(ports).includes(port))
      problems.push(`${name}=${port} is already used for another service`)
    ports[key] = port
  }
  const interval = env.LEDGER_INTERVAL ? Number(env.LEDGER_INTERVAL) : 1
  if (!(interval >= 0.05 && interval <= 60))
    problems.push(`LEDGER_INTERVAL=${env.LEDGER_INTERVAL} is not between 0.05 and 60 seconds`)
  if (problems.length > 0) throw new StartProblem('bad_configuration', problems.join('\n'))
  return {
    home: resolve(cwd, env.STELLARTRAIN_HOME || '.stellartrain'),
    host: env.HOST || '127.0.0.1',
    ports,
    interval,
  }
}
