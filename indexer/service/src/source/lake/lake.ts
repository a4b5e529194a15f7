/**
 * A data lake (SEP-54, what Galexie writes) as a source of ledgers that no RPC has any more: files over HTTP, read in order, with the
 * answers of `getEvents`. It knows no entries of the contract and no newest ledger, and is asked only for what the RPCs refuse.
 */

import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { ChainFailure, ledgerOf, type Rpc } from '@stellartrain/contracts-client'
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import { IndexerError } from '../../errors.ts'
import { endOf } from '../ids.ts'
import { type ClosedLedger, ledgersOf } from './events.ts'
import { batchOf, CONFIG_FILE, type LakeSchema, pathOf, readConfig } from './schema.ts'

export type Lake = {
  /** Answers `getEvents`, and nothing else. */
  readonly rpc: Rpc
  /** @throws IndexerError `lake_failed` (retryable), `wrong_network` */
  has(ledger: number, signal: AbortSignal): Promise<boolean>
}

export type LakeOptions = {
  /** The passphrase that it must be of. */
  network: string
  fetch?: typeof globalThis.fetch
  timeoutMs?: number
  /** Of one file, packed or unpacked. */
  maxBytes?: number
}

type Asked = {
  startLedger?: number
  endLedger?: number
  filters: { contractIds: string[] }[]
  pagination: { cursor?: string; limit: number }
}

/** Files that are on their way at once, and ledgers that one answer looks through. */
const AT_ONCE = 8
const MOST_LEDGERS = 2_048
/** A busy ledger of the public network has a few MiB; a file has up to some dozens. */
const MOST_BYTES = 256 * 1024 * 1024

/** @param url of the folder that `.config.json` is in */
export function createLake(url: string, options: LakeOptions): Lake {
  const { network, fetch = globalThis.fetch, timeoutMs = 30_000, maxBytes = MOST_BYTES } = options
  const base = withoutSlash(url)
  let config: LakeSchema | undefined

  /** null: there is no such file. */
  async function get(path: string, signal: AbortSignal | undefined, method = 'GET'): Promise<Response | null> {
    const limit = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(`${base}/${path}`, {
        method,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      if (response.ok) return response
      await response.body?.cancel()
      // Buckets that nobody may list refuse what they do not have.
      if (response.status === 404 || response.status === 403) return null
      throw new Error(`${path} is answered with ${response.status}`)
    } catch (cause) {
      signal?.throwIfAborted()
      throw failed(base, cause)
    }
  }

  async function schema(signal: AbortSignal | undefined): Promise<LakeSchema> {
    if (config) return config
    const response = await get(CONFIG_FILE, signal)
    const read = response && readConfig(await response.json().catch(() => null))
    if (!read) throw failed(base, new Error(`${CONFIG_FILE} is not the configuration of a lake with zstd`))
    if (read.network !== network)
      throw new IndexerError(
        'wrong_network',
        `The data lake at ${base} is of the network "${read.network}", but NETWORK_PASSPHRASE is "${network}". Set both for the same network.`,
      )
    config = read
    return read
  }

  /** null: there is no such file. */
  async function ledgers(at: LakeSchema, ledger: number, contracts: string[], signal?: AbortSignal) {
    const response = await get(pathOf(at, ledger), signal)
    if (!response) return null
    try {
      return ledgersOf(await decompress(await bytesOf(response, maxBytes), maxBytes), contracts)
    } catch (cause) {
      signal?.throwIfAborted()
      throw failed(`${base}/${pathOf(at, ledger)}`, cause)
    }
  }

  async function getEvents(asked: Asked, signal: AbortSignal | undefined): Promise<object> {
    const { startLedger, endLedger, filters, pagination } = asked
    const from = pagination.cursor === undefined ? startLedger! : beginOf(pagination.cursor)
    const to = Math.min(endLedger === undefined ? Number.POSITIVE_INFINITY : endLedger - 1, from + MOST_LEDGERS - 1)
    const at = await schema(signal)
    const contracts = filters.flatMap(({ contractIds }) => contractIds)
    const files: Promise<ClosedLedger[] | null>[] = []
    const events: ClosedLedger['events'] = []
    let [begin, last, latestLedgerCloseTime] = [batchOf(at, from).from, from - 1, 0]
    try {
      while (last < to && events.length < pagination.limit) {
        for (; files.length < AT_ONCE && begin <= to; begin += at.ledgersPerBatch) {
          const file = ledgers(at, begin, contracts, signal)
          file.catch(() => {})
          files.push(file)
        }
        const found = await files.shift()
        // Its end, or the end of what it has.
        if (!found) break
        for (const one of found.filter(({ sequence }) => sequence > last && sequence <= to)) {
          if (one.sequence !== last + 1) throw failed(base, new Error(`ledger ${last + 1} is missing in its file`))
          events.push(...one.events)
          last = one.sequence
          latestLedgerCloseTime = one.closedAt
        }
      }
    } finally {
      await Promise.allSettled(files)
    }
    if (last < from) throw new ChainFailure('rpc_refused', `The data lake at ${base} has no ledger ${from}.`)
    return { events, cursor: endOf(last), latestLedger: last, latestLedgerCloseTime }
  }

  return {
    rpc: {
      url: base,
      async request<T>(method: string, params?: object, { signal }: { signal?: AbortSignal } = {}) {
        if (method !== 'getEvents') throw new ChainFailure('rpc_refused', `A data lake knows no ${method}.`)
        return (await getEvents(params as Asked, signal)) as T
      },
    },
    has: async (ledger, signal) => (await get(pathOf(await schema(signal), ledger), signal, 'HEAD')) !== null,
  }
}

/** Whoever serves the files must not fill the memory. @throws Error for more than `most` bytes */
async function bytesOf(response: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > most) throw new Error(`it has more than ${most} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function decompress(bytes: Uint8Array, maxOutputLength: number): Promise<Uint8Array> {
  if (typeof zlib.zstdDecompress !== 'function') throw new Error('reading it needs Node 22.15 or later')
  return promisify<Uint8Array, zlib.ZstdOptions, Uint8Array>(zlib.zstdDecompress)(bytes, { maxOutputLength })
}

/** What an RPC gave before may end inside a ledger: that one is read again, and its events come a second time. */
function beginOf(cursor: string): number {
  const ledger = ledgerOf(cursor)
  return cursor === endOf(ledger) ? ledger + 1 : ledger
}

function failed(where: string, cause: unknown): IndexerError {
  if (cause instanceof IndexerError) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new IndexerError('lake_failed', `The data lake at ${where} cannot be read (${why}); asking again.`, {
    retryable: true,
    cause,
  })
}
