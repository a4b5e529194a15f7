/** What an oracle is started with: the configuration of a process, and for tests clock and randomness. */

import { type Log, silentLog } from '@stellartrain/service'
import type { Config } from './config.ts'

type Needed = 'rpcUrl' | 'networkPassphrase' | 'contract' | 'secretKey' | 'ipfsUrls'
type Optional = 'host' | 'port' | 'publicUrl' | 'feeMin' | 'workers' | 'workerMemoryMb' | 'workerSeconds' | 'indexerUrl'

export type OracleOptions = Pick<Config, Needed> &
  Partial<Pick<Config, Optional>> & {
    /** Default: silent. */
    log?: Log
    /** Milliseconds since 1970. */
    now?: () => number
    random?: () => number
  }

export type ResolvedOptions = Pick<Config, Needed | Optional> & {
  log: Log
  now: () => number
  random: () => number
}

/** Defaults for use inside another program: a free port on loopback, one worker. */
export function withDefaults(options: OracleOptions): ResolvedOptions {
  return {
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    feeMin: 0n,
    workers: 1,
    workerMemoryMb: 512,
    workerSeconds: 120,
    indexerUrl: undefined,
    log: silentLog,
    now: Date.now,
    random: Math.random,
    ...options,
  }
}
