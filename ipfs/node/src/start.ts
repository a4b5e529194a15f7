/** Opens the store and serves it; what main.ts and other packages' tests start. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { createApp } from './app.ts'
import { deriveKeys, keptSecret } from './auth/keys.ts'
import { DEFAULT_MAX_ACCOUNT_BYTES, DEFAULT_MAX_UPLOAD_BYTES } from './config.ts'
import type { Log } from './log.ts'
import { type Copier, startCopier } from './replica/copier.ts'
import { kuboReplica } from './replica/kubo.ts'
import { carOf } from './store/car.ts'
import { type IpfsNode, type Limits, openNode } from './store/node.ts'

export type IpfsOptions = {
  /** Folder of the store; made if it is not there. */
  home: string
  networkPassphrase: string
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0: a free one. */
  port?: number
  /** Default: made once and kept in `home`. */
  secretKey?: string
  /** Default `localhost`. */
  homeDomains?: readonly string[]
  /** Default 128 MiB. */
  maxUploadBytes?: number
  /** Default 1 GiB. */
  maxAccountBytes?: number
  /** RPC of a Kubo that gets a copy of everything. Default: none. */
  kuboUrl?: string
  log?: Log
}

export type RunningIpfs = { url: string; port: number; close: () => Promise<void> }

/** No byte for so long, in either direction, ends a connection. */
const IDLE_MS = 60_000

/** @throws Error with a sentence about the folder or the port that cannot be used. */
export async function startIpfs(options: IpfsOptions): Promise<RunningIpfs> {
  const { home, networkPassphrase, host = '127.0.0.1', log = () => {} } = options
  await mkdir(home, { recursive: true, mode: 0o700 })
  const limits: Limits = {
    maxUploadBytes: options.maxUploadBytes ?? DEFAULT_MAX_UPLOAD_BYTES,
    maxAccountBytes: options.maxAccountBytes ?? DEFAULT_MAX_ACCOUNT_BYTES,
  }
  const node = await openNode(home, limits)
  const copier = options.kuboUrl === undefined ? null : copyTo(options.kuboUrl, node, log)
  try {
    const app = createApp({
      node,
      keys: deriveKeys(options.secretKey ?? (await keptSecret(home))),
      networkPassphrase,
      homeDomains: options.homeDomains ?? ['localhost'],
      limits,
      copier,
      version: VERSION,
      log,
    })
    // A slow upload may take as long as it moves: idleness is bounded, not the whole.
    const serverOptions = { requestTimeout: 0, headersTimeout: 15_000 }
    const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server
    server.setTimeout(IDLE_MS)
    const port = await listen(server, options.port ?? 0, host)
    const name = host === '127.0.0.1' || host === '0.0.0.0' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
    const close = async () => {
      await stop(server)
      await copier?.close()
      await node.close()
    }
    return { url: `http://${name}:${port}`, port, close }
  } catch (error) {
    await copier?.close()
    await node.close()
    throw error
  }
}

function copyTo(kuboUrl: string, node: IpfsNode, log: Log): Copier {
  const archiveOf = (cid: string) => carOf(parseCid(cid), node.read, true)
  return startCopier({ replica: kuboReplica(kuboUrl), pinned: node.pinned, archiveOf, log })
}

const VERSION: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

async function listen(server: Server, port: number, host: string): Promise<number> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  } catch (cause) {
    const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
    const why = taken ? 'Something else listens there: set PORT to another one, or 0' : 'Check HOST and PORT'
    throw new Error(`Cannot listen on ${host}:${port}. ${why}.`, { cause })
  }
}

/** Lets running answers finish for a moment, then ends them: an upload that is cut leaves nothing behind. */
async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const patience = setTimeout(() => server.closeAllConnections(), 2000)
  await closed
  clearTimeout(patience)
}
