/** What an oracle is started with: the configuration of a process, and for tests clock and randomness. */

import { type Log, noTraces, silentLog, type Traces } from '@stellartrain/service'
import { type Config, DEFAULT_STORE_BYTES } from './config.ts'
import type { Grader } from './grading/grader.ts'
import type { Tasks } from './tasks/service.ts'

type Needed = 'rpcUrl' | 'networkPassphrase' | 'contract' | 'secretKey' | 'ipfsUrls'
type Optional =
  | 'storeBytes'
  | 'host'
  | 'port'
  | 'proxies'
  | 'publicUrl'
  | 'feeMin'
  | 'workers'
  | 'workerMemoryMb'
  | 'workerSeconds'
  | 'isolation'
  | 'indexerUrl'
  | 'earnings'
  | 'evaluators'
  | 'models'
  | 'sponsorSecretKey'
  | 'sponsorMakers'
  | 'sponsorDailyXlm'
  | 'name'
  | 'website'
  | 'description'

export type OracleOptions = Pick<Config, Needed> &
  Partial<Pick<Config, Optional>> & {
    /** Where sealed files are kept. Default: a folder of its own that goes with the oracle. */
    home?: string
    /** What grades in the place of the honest grader, for tests of an oracle that lies; it may ask the honest one. */
    grading?: (honest: Grader) => Grader
    /** The same for leases. */
    tasks?: (honest: Tasks) => Tasks
    /** Called once where the settings do not belong together, which no retry changes. */
    fatal?: (error: Error) => void
    /** Default: silent. */
    log?: Log
    /** Default: none. */
    traces?: Traces
    /** Milliseconds since 1970, as the machine's clock says: for times that are shown or compared with those of others. */
    now?: () => number
    /** Milliseconds that only grow, whatever happens to the machine's clock: for waits and ages. */
    monotonic?: () => number
    random?: () => number
  }

export type ResolvedOptions = Pick<Config, Needed | Optional> & {
  home: string | undefined
  grading: (honest: Grader) => Grader
  tasks: (honest: Tasks) => Tasks
  fatal: (error: Error) => void
  log: Log
  traces: Traces
  now: () => number
  monotonic: () => number
  random: () => number
}

/** Defaults for use inside another program: a free port on loopback, one worker. */
export function withDefaults(options: OracleOptions): ResolvedOptions {
  return {
    host: '127.0.0.1',
    port: 0,
    proxies: 0,
    publicUrl: undefined,
    feeMin: 0n,
    workers: 1,
    workerMemoryMb: 512,
    workerSeconds: 120,
    isolation: 'none',
    indexerUrl: undefined,
    earnings: false,
    evaluators: [],
    models: [],
    sponsorSecretKey: undefined,
    sponsorMakers: [],
    sponsorDailyXlm: 10,
    name: undefined,
    website: undefined,
    description: undefined,
    fatal: () => {},
    home: undefined,
    grading: (honest) => honest,
    tasks: (honest) => honest,
    storeBytes: DEFAULT_STORE_BYTES,
    log: silentLog,
    traces: noTraces,
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    ...options,
  }
}
