/** Opens the store and serves it; what main.ts and other packages' tests start. */

import { mkdir } from 'node:fs/promises'
import { connect, networkName } from '@stellartrain/contracts-client'
import { writeCar } from '@stellartrain/ipfs-content/car'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { type Log, listen, silentLog, versionOf } from '@stellartrain/service'
import { createApp } from './app.ts'
import { deriveKeys, keptSecretKey } from './auth/keys.ts'
import { type Named, startNamed } from './chain/named.ts'
import {
  DEFAULT_MAX_ACCOUNT_BYTES,
  DEFAULT_MAX_CHALLENGE_BYTES,
  DEFAULT_MAX_SUBMISSION_BYTES,
  DEFAULT_MAX_SUBMISSIONS_BYTES,
  DEFAULT_MAX_UPLOAD_BYTES,
} from './config.ts'
import { createIpfsMetrics } from './metrics.ts'
import { type Copier, startCopier } from './replica/copier.ts'
import { kuboReplica } from './replica/kubo.ts'
import { type IpfsNode, type Limits, openNode } from './store/node.ts'

export type IpfsOptions = {
  /** Folder of the store; created if it does not exist. */
  home: string
  networkPassphrase: string
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0: a free one. */
  port?: number
  /** 32 bytes in hexadecimal. Default: made once and kept in `home`. */
  secretKey?: string
  /** Default `localhost`. */
  homeDomains?: readonly string[]
  /** Default 128 MiB. */
  maxUploadBytes?: number
  /** Default 1 GiB. */
  maxAccountBytes?: number
  /** The Stellar RPC and the contract whose submissions are taken without a sign-in. Default: none are taken; both or neither. */
  rpcUrl?: string
  contract?: string
  /** Milliseconds between two looks at the ledger while nobody hands anything over. Default 5000. */
  pollMs?: number
  /** Of one sealed submission. Default 64 MiB. */
  maxSubmissionBytes?: number
  /** Of all submissions of a challenge. Default 2 GiB. */
  maxChallengeBytes?: number
  /** Of the submissions of all challenges. Default 10 GiB. */
  maxSubmissionsBytes?: number
  /** RPC of a Kubo that gets a copy of everything. Default: none. */
  kuboUrl?: string
  log?: Log
}

export type RunningIpfs = { url: string; port: number; close: () => Promise<void> }

/** No byte for so long, in either direction, ends a connection. */
const IDLE_MS = 60_000

/** @throws ServiceError `cannot_listen`, `bad_secret`; Error with a sentence about the folder that cannot be used. */
export async function startIpfs(options: IpfsOptions): Promise<RunningIpfs> {
  const { home, networkPassphrase, host = '127.0.0.1', port = 0, log = silentLog } = options
  await mkdir(home, { recursive: true, mode: 0o700 })
  const limits: Limits = {
    maxUploadBytes: options.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES,
    maxAccountBytes: options.maxAccountBytes ?? DEFAULT_MAX_ACCOUNT_BYTES,
    maxSubmissionBytes: options.maxSubmissionBytes ?? DEFAULT_MAX_SUBMISSION_BYTES,
    maxChallengeBytes: options.maxChallengeBytes ?? DEFAULT_MAX_CHALLENGE_BYTES,
    maxSubmissionsBytes: options.maxSubmissionsBytes ?? DEFAULT_MAX_SUBMISSIONS_BYTES,
  }
  const metrics = createIpfsMetrics(VERSION)
  const node = await openNode(home, limits, metrics.blockWritten)
  const copier = options.kuboUrl === undefined ? null : copyTo(options.kuboUrl, node, log)
  const named = follow(options, node, log)
  try {
    const app = createApp({
      node,
      keys: deriveKeys(options.secretKey ?? (await keptSecretKey(home))),
      networkPassphrase,
      homeDomains: options.homeDomains ?? ['localhost'],
      limits,
      copier,
      named,
      version: VERSION,
      metrics,
      log,
    })
    // A slow upload may take as long as it moves: idleness is bounded, not the whole.
    const timeouts = { headers: 15_000, request: 0, idle: IDLE_MS }
    const server = await listen(app, { host, port, timeouts })
    const close = async () => {
      // An upload that is cut leaves nothing behind.
      await Promise.all([server.close(), named?.close()])
      await copier?.close()
      await node.close()
    }
    return { url: server.url, port: server.port, close }
  } catch (error) {
    await named?.close()
    await copier?.close()
    await node.close()
    throw error
  }
}

/** null where it was not told which contract, or not by which RPC. */
function follow({ rpcUrl, contract, networkPassphrase, pollMs }: IpfsOptions, node: IpfsNode, log: Log): Named | null {
  if (rpcUrl === undefined || contract === undefined) {
    log.warn('no_submissions', { why: 'RPC_URL and CONTRACT_ADDRESS are not both set' })
    return null
  }
  const chain = connect({ name: networkName(networkPassphrase), passphrase: networkPassphrase, rpcUrl, contract })
  const onLedger = async (closedAt: number) => {
    const files = await node.release(closedAt)
    if (files > 0) log.info('submissions_released', { files })
  }
  return startNamed({ chain, log, onLedger, ...(pollMs !== undefined && { pollMs }) })
}

function copyTo(kuboUrl: string, node: IpfsNode, log: Log): Copier {
  const archiveOf = (cid: string) => writeCar(parseCid(cid), node.read)
  return startCopier({ replica: kuboReplica(kuboUrl), pinned: node.pinned, archiveOf, log })
}

const VERSION = versionOf(import.meta.url)
