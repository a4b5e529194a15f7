/** Verified bounded fetch: a file by CID from gateways that are trusted with nothing. */

import { parseCid } from '../encoding/cid.ts'
import { ContentError } from '../errors.ts'
import { openProfileFile } from '../unixfs/profile.ts'
import { openFile } from '../unixfs/read-file.ts'
import { type BlockOptions, fetchBlock } from './blocks.ts'

export type FetchOptions = {
  /** Base URLs of trustless gateways (`http://localhost:8080`), tried in turn for each block. */
  gateways: readonly string[]
  /** A larger file is refused once its root block is known. */
  maxBytes: number
  /** Refuses as `not_a_file` what is not laid out as `importBytes` does it, so that these bytes have this one CID. Default false. */
  onlyProfile?: boolean
  /** For the whole file. Default 60 s. */
  timeoutMs?: number
  /** For one block from one gateway. Default 15 s. */
  blockTimeoutMs?: number
  signal?: AbortSignal
  /** Bytes so far and the file's size. */
  onProgress?: (bytes: number, total: number) => void
  fetch?: typeof fetch
}

/**
 * The whole file. Each block is checked against its CID, and its size against what its parent says.
 * @throws ContentError `bad_cid`; `too_large`, `not_a_file`: the content itself is so, at any gateway;
 * `not_found`, `unavailable`, `timeout`: retryable. If `signal` is aborted, its reason.
 */
export async function fetchCid(cid: string, options: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  let whole = new Uint8Array()
  let at = 0
  for await (const { part, total } of read(cid, options)) {
    if (at === 0) whole = allocate(total)
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A root block of a few bytes can state any size, and a caller may have set no sensible limit. */
function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes)
  } catch (cause) {
    throw new ContentError('too_large', `The file has ${bytes} bytes, more than fit into memory.`, { cause })
  }
}

/** The same as verified pieces in order, without holding the file in memory. Errors as `fetchCid`. */
export async function* streamCid(cid: string, options: FetchOptions): AsyncGenerator<Uint8Array> {
  for await (const { part } of read(cid, options)) yield part
}

async function* read(cid: string, options: FetchOptions) {
  const { maxBytes, signal } = options
  const root = parseCid(cid)
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 60_000)
  const done = new AbortController()
  const how: BlockOptions = {
    gateways: options.gateways,
    signal: AbortSignal.any([timeout, done.signal, ...(signal ? [signal] : [])]),
    blockTimeoutMs: options.blockTimeoutMs ?? 15_000,
    fetch: options.fetch ?? fetch,
  }
  try {
    signal?.throwIfAborted()
    const open = options.onlyProfile ? openProfileFile : openFile
    const file = await open(root, (block) => fetchBlock(block, how), maxBytes)
    let sent = 0
    for await (const part of file.read()) {
      sent += part.length
      options.onProgress?.(sent, file.bytes)
      yield { part, total: file.bytes }
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (!timeout.aborted) throw error
    throw new ContentError('timeout', 'The content did not arrive in time.', { retryable: true })
  } finally {
    // Blocks that were asked for ahead are of no use any more.
    done.abort()
  }
}
