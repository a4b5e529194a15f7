/** Opens the store and serves it; what main.ts and other packages' tests start. */

import { connect, networkName } from '@stellartrain/contracts-client'
import { writeCar } from '@stellartrain/ipfs-content/car'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { type Log, listen, silentLog, type Traces } from '@stellartrain/service'
import { deriveKeys, keptSecretKey } from '@stellartrain/service/sign-in'
import { createApp } from './app.ts'
import { type ChallengeFacts, quotaOf } from './chain/challenges.ts'
import { type Named, startNamed } from './chain/named.ts'
import {
  DEFAULT_KEEP_DAYS,
  DEFAULT_MAX_ACCOUNT_BYTES,
  DEFAULT_MAX_ADDRESS_BYTES,
  DEFAULT_MAX_CHALLENGE_BYTES,
  DEFAULT_MAX_SUBMISSION_BYTES,
  DEFAULT_MAX_SUBMISSIONS_BYTES,
  DEFAULT_MAX_UPLOAD_BYTES,
  DEFAULT_MAX_UPLOADS_BYTES,
  DEFAULT_UPLOAD_DAYS,
} from './config.ts'
import type { CollectStatus } from './http/status.ts'
import { createIpfsMetrics } from './metrics.ts'
import { isOver } from './pins/objects.ts'
import { type Copier, startCopier } from './replica/copier.ts'
import { copiesAt } from './replica/copies.ts'
import { kuboReplica } from './replica/kubo.ts'
import { pinningService } from './replica/pinning-service.ts'
import type { LedgerKeeps } from './store/collect.ts'
import { storedManifest } from './store/manifest-limit.ts'
import { type IpfsNode, type Limits, openNode } from './store/node.ts'
import { openResumable } from './store/resumable.ts'
import { VERSION } from './version.ts'

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
  /** Of all accounts together. Default 20 GiB. */
  maxUploadsBytes?: number
  /** What one address may upload in a day. Default 4 GiB. */
  maxAddressBytes?: number
  /** What uploads leave free on the disk. Default: a twentieth of it, at most 1 GiB. */
  reserveBytes?: number
  /** After how many days an upload is let go that the ledger does not name. Default 14. */
  uploadDays?: number
  /** For how many days after a challenge's end what it names is kept. Default 30. */
  keepDays?: number
  /** How many proxies of yours add to X-Forwarded-For in front. Default 0. */
  proxies?: number
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
  /** Oracles that the operator knows: challenges without any of them keep less. Default: all. */
  oracles?: readonly string[]
  /** RPC of a Kubo that gets a copy of everything. Default: none. */
  kuboUrl?: string
  /** Remote pinning services that keep what the ledger names. Default: none. */
  pinServices?: readonly { url: string; token: string }[]
  /** Multiaddrs at which they find the content. */
  pinOrigins?: readonly string[]
  log?: Log
  /** Default: none. */
  traces?: Traces
}

export type RunningIpfs = { url: string; port: number; close: () => Promise<void> }

/** No byte for so long, in either direction, ends a connection. */
const IDLE_MS = 60_000

/** @throws ServiceError `cannot_listen`, `bad_secret`; Error with a sentence about the folder that cannot be used. */
export async function startIpfs(options: IpfsOptions): Promise<RunningIpfs> {
  const { home, networkPassphrase, host = '127.0.0.1', port = 0, log = silentLog } = options
  makeFolder(home, 0o700)
  const limits: Limits = {
    maxUploadBytes: options.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES,
    maxAccountBytes: options.maxAccountBytes ?? DEFAULT_MAX_ACCOUNT_BYTES,
    maxUploadsBytes: options.maxUploadsBytes ?? DEFAULT_MAX_UPLOADS_BYTES,
    maxSubmissionBytes: options.maxSubmissionBytes ?? DEFAULT_MAX_SUBMISSION_BYTES,
    maxChallengeBytes: options.maxChallengeBytes ?? DEFAULT_MAX_CHALLENGE_BYTES,
    maxSubmissionsBytes: options.maxSubmissionsBytes ?? DEFAULT_MAX_SUBMISSIONS_BYTES,
  }
  const metrics = createIpfsMetrics(VERSION)
  const copiers: Copier[] = []
  const node = await openNode(home, {
    limits,
    reserveBytes: options.reserveBytes,
    onBlock: metrics.blockWritten,
    onLetGo: (cid) => {
      for (const copier of copiers) copier.letGo(cid)
    },
  })
  const copier = options.kuboUrl === undefined ? null : copyTo(options.kuboUrl, node, log)
  const collected: CollectStatus = { collectedAt: null, letGo: 0, letGoBytes: 0, unlearned: 0 }
  const days = {
    uploadDays: options.uploadDays ?? DEFAULT_UPLOAD_DAYS,
    keepDays: options.keepDays ?? DEFAULT_KEEP_DAYS,
  }
  const checkRoom = (bytes: number) => node.room.check('upload', bytes)
  const { records, free, shares } = node
  const parts = await openResumable({ home, records, checkRoom, free, shares, now: Date.now })
  const sweep = async () => {
    await parts.sweep()
    await node.dropPins(isOver(Date.now()))
  }
  const sweeping = setInterval(() => void sweep().catch(() => {}), 3_600_000).unref()
  const remote = remotePins(options, node, log)
  copiers.push(...(copier ? [copier] : []), ...remote)
  const named = await follow({ ...options, ...days }, node, collected, remote, log)
  try {
    const app = createApp({
      node,
      keys: deriveKeys(options.secretKey ?? (await keptSecretKey(home)), 'ipfs'),
      networkPassphrase,
      homeDomains: options.homeDomains ?? ['localhost'],
      limits,
      maxAddressBytes: options.maxAddressBytes ?? DEFAULT_MAX_ADDRESS_BYTES,
      proxies: options.proxies ?? 0,
      ...days,
      resumable: parts,
      collected: () => collected,
      copier,
      remote,
      named,
      challengeBytes: quotasOf(options),
      version: VERSION,
      metrics,
      log,
      traces: options.traces,
    })
    // A slow upload may take as long as it moves: idleness is bounded, not the whole.
    const timeouts = { headers: 15_000, request: 0, idle: IDLE_MS }
    const server = await listen(app, { host, port, timeouts })
    const close = async () => {
      clearInterval(sweeping)
      // An upload that is cut leaves nothing behind.
      await Promise.all([server.close(), named?.close()])
      await Promise.all(copiers.map((one) => one.close()))
      await node.close()
    }
    return { url: server.url, port: server.port, close }
  } catch (error) {
    clearInterval(sweeping)
    await named?.close()
    await Promise.all(copiers.map((one) => one.close()))
    await node.close()
    throw error
  }
}

type Followed = IpfsOptions & { uploadDays: number; keepDays: number }

/** null where it was not told which contract, or not by which RPC. @param collected what was let go, kept up to date */
async function follow(
  options: Followed,
  node: IpfsNode,
  collected: CollectStatus,
  remote: readonly Copier[],
  log: Log,
): Promise<Named | null> {
  const { rpcUrl, contract, networkPassphrase, pollMs, uploadDays, keepDays } = options
  if (rpcUrl === undefined || contract === undefined) {
    log.warn('no_submissions', { why: 'RPC_URL and CONTRACT_ADDRESS are not both set' })
    return null
  }
  const chain = connect({ name: networkName(networkPassphrase), passphrase: networkPassphrase, rpcUrl, contract })
  return startNamed({
    chain,
    records: node.records,
    log,
    keepSeconds: keepDays * DAY_SECONDS,
    manifest: (cid) => storedManifest(node, cid),
    challengeBytes: quotasOf(options),
    ...(pollMs !== undefined && { pollMs }),
    async onLedger(closedAt) {
      const files = await node.release(closedAt)
      if (files > 0) log.info('submissions_released', { files })
    },
    async onLearned(now, ledger) {
      for (const copier of remote) for await (const cid of namedHere(node, ledger)) copier.want(cid)
      const { files, bytes, unlearned } = await node.collect({ now, olderThan: uploadDays * DAY_SECONDS, ledger })
      collected.collectedAt = now
      collected.letGo += files
      collected.letGoBytes += bytes
      collected.unlearned = unlearned
      if (files > 0) log.info('uploads_let_go', { files, bytes })
    },
  })
}

const DAY_SECONDS = 86_400

const quotasOf =
  ({ oracles = [], maxChallengeBytes = DEFAULT_MAX_CHALLENGE_BYTES }: IpfsOptions) =>
  (challenge: ChallengeFacts) =>
    quotaOf(challenge, oracles, maxChallengeBytes)

function copyTo(kuboUrl: string, node: IpfsNode, log: Log): Copier {
  return startCopier({ ...fromHere(kuboUrl, node), replica: kuboReplica(kuboUrl), pinned: node.pinned, log })
}

const fromHere = (url: string, node: IpfsNode) => ({
  isPinned: node.isPinned,
  archiveOf: (cid: string) => writeCar(parseCid(cid), node.read),
  copies: copiesAt(url, node.records),
})

/** One for each service; told what to deliver once the ledger was read. */
function remotePins({ pinServices = [], pinOrigins = [] }: IpfsOptions, node: IpfsNode, log: Log): Copier[] {
  return pinServices.map(({ url, token }) =>
    startCopier({
      ...fromHere(url, node),
      replica: pinningService({ url, token, origins: pinOrigins }),
      pinned: async function* () {},
      log,
      longestPauseMs: 10 * 60_000,
    }),
  )
}

/** Of what is kept here, what the ledger names. */
async function* namedHere(node: IpfsNode, ledger: LedgerKeeps): AsyncGenerator<string> {
  for await (const cid of node.pinned()) {
    const text = cid.toString()
    if (!(await ledger.names({ cid: text, bytes: 0 }))) continue
    // Of what an oracle names, the size decides.
    const file = await node.open(cid).catch(() => undefined)
    if (file !== undefined && (await ledger.names({ cid: text, bytes: file.bytes }))) yield text
  }
}
