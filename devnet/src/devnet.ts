/** startDevnet: a whole network in this process, closed ledgers by timer or at once. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { DevnetNode, PROTOCOL, type Snapshot } from './chain/node.ts'
import { DevnetError } from './errors.ts'
import type { Costs } from './history/record.ts'
import { Controls } from './http/controls.ts'
import { Friendbot } from './http/friendbot.ts'
import type { Routes } from './http/routes.ts'
import { createHttpServer } from './http/server.ts'
import { classicOperations, type Profile, settingsJson } from './settings.ts'
import { DiskStore } from './store/disk.ts'
import { MemoryStore } from './store/memory.ts'

/** What the presets of stellar-cli and of the SDKs expect of a local network. */
export const DEFAULT_PASSPHRASE = 'Standalone Network ; February 2017'
const DEFAULT_RETENTION = 120_960
const DEFAULT_HISTORY_BYTES = 256 * 1024 * 1024

export interface DevnetOptions {
  /** 0, the default, takes a free one. */
  port?: number | undefined
  /** Default 127.0.0.1. */
  host?: string | undefined
  /** Folder in which the chain lives; in memory only without one. */
  home?: string | undefined
  /** Limits and prices; default `mainnet`. */
  settings?: Profile | undefined
  /** Seconds between ledgers, fractions allowed, or `auto`: one as soon as there is a transaction. Default 1. */
  interval?: number | 'auto' | undefined
  /** Default `Standalone Network ; February 2017`, which presets of tools expect of a local network. */
  passphrase?: string | undefined
  /**
   * Where clients find this network, as in `http://devnet.example:8000`, when it is not the address that they ask:
   * behind a proxy. `getNetwork` announces friendbot there.
   */
  publicUrl?: string | undefined
  /** Decides the order of transactions in a ledger and contracts' random numbers. Default 0. */
  seed?: number | undefined
  /** Whether tests may move the clock, close ledgers and take and restore snapshots by HTTP. Default false. */
  controls?: boolean | undefined
  /** Ledgers whose transactions and events are kept. Default 120,960. */
  retention?: number | undefined
  /**
   * Bytes of ledgers that a network without a home remembers at most: the oldest are forgotten first, as though
   * `retention` were shorter. Default 268,435,456.
   */
  historyBytes?: number | undefined
  /**
   * What transactions' time bounds are held against after a `warp`: the clock of clients, who do not know of it (the
   * default), or the ledger's.
   */
  timeBounds?: 'client' | 'ledger' | undefined
  log?: ((line: string) => void) | undefined
  /** Called once when a ledger could not be written: nothing closes any more, until the network is started again. */
  failed?: ((error: Error) => void) | undefined
  /** Seconds since 1970; the machine's clock by default. */
  now?: (() => number) | undefined
}

export interface Devnet {
  readonly url: string
  readonly rpcUrl: string
  readonly friendbotUrl: string
  readonly passphrase: string
  readonly port: number
  /** The newest closed ledger; its time in seconds since 1970. */
  ledger(): { sequence: number; closeTime: number }
  /** Closes a ledger now. */
  closeLedger(): Promise<void>
  /**
   * Moves the ledger's clock ahead and closes a ledger there; `ledgers` sequence numbers further on, default 1.
   * @throws {DevnetError} `BAD_WARP`, `WARP_TOO_FAR`; nothing has changed then.
   */
  warp(seconds: number, ledgers?: number): Promise<void>
  /** What a transaction in the history used, or `undefined` when it is not there. */
  costs(hash: string): Costs | undefined
  /** Remembers this moment; what is pending is not part of it. */
  snapshot(): Promise<Snapshot>
  /** Goes back to a remembered moment, but not forward again; only a network without a home can. */
  restore(snapshot: Snapshot): Promise<void>
  /** Stops the network; what was closed is on disk. */
  close(): Promise<void>
}

/**
 * Starts a network.
 * @throws {DevnetError} `PORT_TAKEN`, `CANNOT_LISTEN`, `HOME_IN_USE`, `HOME_MISMATCH`, `HOME_DAMAGED`, `HOME_UNUSABLE`, `BAD_OPTION`.
 */
export async function startDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const { interval = 1, passphrase = DEFAULT_PASSPHRASE, host = '127.0.0.1', log = () => {} } = options
  if (interval !== 'auto' && !(interval > 0 && interval <= 3600)) {
    throw new DevnetError('BAD_OPTION', `interval must be 'auto' or between 0 and 3600 seconds, not ${interval}`)
  }
  if (host === '' || options.home === '')
    throw new DevnetError('BAD_OPTION', `${host === '' ? 'host' : 'home'} must not be empty`)
  if (passphrase === '') throw new DevnetError('BAD_OPTION', 'passphrase must not be empty: signatures depend on it')
  const publicUrl = options.publicUrl === undefined ? undefined : publicUrlOf(options.publicUrl)
  const node = await startNode(options, passphrase)
  const pending = interval === 'auto' ? () => void node.close() : () => {}
  const friendbot = new Friendbot(node, pending)
  let routes: Routes | undefined
  const server = createHttpServer(() => routes!)
  try {
    server.listen(options.port ?? 0, host)
    await once(server, 'listening')
  } catch (error) {
    await node.stop()
    throw cannotListen(error, host, options.port ?? 0)
  }
  const { port } = server.address() as AddressInfo
  const url = `http://${reachable(host)}:${port}`
  const friendbotUrl = `${publicUrl ?? url}/friendbot`
  const controls = options.controls ? new Controls(node) : undefined
  routes = { rpc: { node, pending, log }, friendbot, publicUrl, url, controls }
  const timer: NodeJS.Timeout | undefined =
    interval === 'auto' ? undefined : setInterval(() => tick(node, timer, options), interval * 1000)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    clearInterval(timer)
    friendbot.stop()
    await node.stop()
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  return {
    url,
    rpcUrl: `${url}/rpc`,
    friendbotUrl,
    passphrase,
    port,
    ledger: () => ({ sequence: node.history.last.sequence, closeTime: node.history.last.closeTime }),
    closeLedger: async () => void node.close(),
    warp: async (seconds, ledgers) => void node.warp(seconds, ledgers),
    costs: (hash) => node.history.transaction(hash)?.costs,
    snapshot: async () => node.snapshot(),
    restore: async (snapshot) => node.restore(snapshot),
    close: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

/** An address under which the server answers on this machine, even if it listens on all of them. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

function publicUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text.replace(/\/+$/, '')
  throw new DevnetError('BAD_OPTION', `publicUrl must be a URL such as http://devnet.example:8000, not '${text}'`)
}

function startNode(options: DevnetOptions, passphrase: string): Promise<DevnetNode> {
  const { home, settings = 'mainnet', retention = DEFAULT_RETENTION } = options
  const identity = `${JSON.stringify({ passphrase, settings, protocol: PROTOCOL })}\n`
  return DevnetNode.start({
    passphrase,
    seed: options.seed ?? 0,
    settings: settingsJson(settings),
    classicOperations: classicOperations(settings),
    retention,
    historyBytes: home === undefined ? (options.historyBytes ?? DEFAULT_HISTORY_BYTES) : Number.POSITIVE_INFINITY,
    clientTimeBounds: (options.timeBounds ?? 'client') === 'client',
    store: home === undefined ? new MemoryStore() : new DiskStore({ home, identity }),
    now: options.now ?? (() => Math.floor(Date.now() / 1000)),
  })
}

function tick(node: DevnetNode, timer: NodeJS.Timeout | undefined, { log, failed }: DevnetOptions): void {
  try {
    node.close()
  } catch (error) {
    log?.(`no ledger was closed: ${error instanceof Error ? error.message : error}`)
    // A fault of one ledger passes; a disk that cannot be written to does not.
    if (!node.failure) return
    clearInterval(timer)
    failed?.(node.failure)
  }
}

function cannotListen(cause: unknown, host: string, port: number): DevnetError {
  const { code } = cause as { code?: string }
  if (code === 'EADDRINUSE')
    return new DevnetError(
      'PORT_TAKEN',
      `port ${port} is taken: stop what listens there, or choose another (0 takes a free one)`,
      { cause },
    )
  const why =
    code === 'EACCES'
      ? 'this user may not use the port: choose one above 1023'
      : 'host must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for every interface'
  return new DevnetError('CANNOT_LISTEN', `cannot listen on ${host}, port ${port}: ${why}`, { cause })
}
