/** Verified bounded fetch: a file by CID from gateways that are trusted with nothing. */
import type { CID } from 'multiformats/cid'
import { type BlockOptions, fetchBlock } from './blocks.ts'
import { parseCid } from './cid.ts'
import { ContentError } from './errors.ts'
import { type FileNode, MAX_DEPTH, maxBlocks, notAFile, readFileNode } from './unixfs.ts'

export type FetchOptions = {
  /** Base URLs of trustless gateways (`http://localhost:8080`), tried in turn for each block. */
  gateways: readonly string[]
  /** A larger file is refused, after its root block at the latest. */
  maxBytes: number
  /** For the whole file. Default 60 s. */
  timeoutMs?: number
  /** For one block from one gateway. Default 15 s. */
  blockTimeoutMs?: number
  signal?: AbortSignal
  /** Bytes so far and the file's size. */
  onProgress?: (bytes: number, total: number) => void
  fetch?: typeof fetch
}

/** Blocks that are fetched ahead of the one being handed out. */
const AHEAD = 4

/**
 * The whole file. Each block is checked against its CID, and its size against what its parent says.
 * @throws ContentError `bad_cid`; `too_large`, `not_a_file`: the content itself is so, at any gateway;
 * `not_found`, `unavailable`, `timeout`: retryable. If `signal` is aborted, its reason.
 */
export async function fetchCid(cid: string, options: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  let whole = new Uint8Array()
  let at = 0
  for await (const { part, total } of read(cid, options)) {
    if (at === 0) whole = new Uint8Array(total)
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The same as verified pieces in order, without holding the file in memory. Errors as `fetchCid`. */
export async function* streamCid(cid: string, options: FetchOptions): AsyncGenerator<Uint8Array> {
  for await (const { part } of read(cid, options)) yield part
}

async function* read(cid: string, options: FetchOptions) {
  const root = parseCid(cid)
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 60_000)
  const stopped = new AbortController()
  const signals = [timeout, stopped.signal, ...(options.signal ? [options.signal] : [])]
  const how: BlockOptions = {
    gateways: options.gateways,
    signal: AbortSignal.any(signals),
    blockTimeoutMs: options.blockTimeoutMs ?? 15_000,
    fetch: options.fetch ?? fetch,
  }
  try {
    options.signal?.throwIfAborted()
    const node = readFileNode(root, await fetchBlock(root, how))
    if (node.bytes > options.maxBytes) {
      throw new ContentError(
        'too_large',
        `The file has ${node.bytes} bytes, more than the ${options.maxBytes} allowed.`,
      )
    }
    let sent = 0
    for await (const part of walk(node, 0, { how, left: maxBlocks(node.bytes) - 1 })) {
      sent += part.length
      options.onProgress?.(sent, node.bytes)
      yield { part, total: node.bytes }
    }
  } catch (error) {
    if (timeout.aborted && !options.signal?.aborted) {
      throw new ContentError('timeout', 'The content did not arrive in time.', { retryable: true })
    }
    throw error
  } finally {
    // Blocks that were asked for ahead are of no use any more.
    stopped.abort()
  }
}

type Walk = { how: BlockOptions; left: number }
type Pending = { node: Promise<FileNode>; bytes: number }

async function* walk(node: FileNode, depth: number, state: Walk): AsyncGenerator<Uint8Array> {
  if (node.data.length > 0) yield node.data
  if (node.children.length === 0) return
  if (depth === MAX_DEPTH) throw notAFile('a tree that is too deep')
  const ahead: Pending[] = []
  let next = 0
  while (ahead.length > 0 || next < node.children.length) {
    while (ahead.length < AHEAD && next < node.children.length) ahead.push(ask(node.children[next++]!, state))
    const pending = ahead.shift()!
    const child = await pending.node
    if (child.bytes !== pending.bytes) throw notAFile('a part that is not as long as its parent says')
    yield* walk(child, depth + 1, state)
  }
}

function ask({ cid, bytes }: { cid: CID; bytes: number }, state: Walk): Pending {
  if (--state.left < 0) throw notAFile('a file in too many pieces')
  const node = fetchBlock(cid, state.how).then((block) => readFileNode(cid, block))
  // It may fail before its turn, or be dropped: its turn reports it.
  node.catch(() => {})
  return { node, bytes }
}
