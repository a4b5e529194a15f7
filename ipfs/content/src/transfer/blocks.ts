/** One block from the first of several trustless gateways that serves the right bytes. */

import type { CID } from 'multiformats/cid'
import { ContentError } from '../errors.ts'
import { ask, isTooLate } from '../http/ask.ts'
import { readBounded } from '../http/bounded.ts'
import { endpoint } from '../http/endpoint.ts'
import { hostOf } from '../http/host.ts'
import { isBlock, MAX_BLOCK_BYTES } from '../unixfs/unixfs.ts'

export type BlockOptions = {
  /** Base URLs, tried in turn; the path `/ipfs/{cid}` is added. */
  gateways: readonly string[]
  signal: AbortSignal
  /** How long one gateway may take for one block. */
  blockTimeoutMs: number
  fetch: typeof fetch
}

type Failure = { gateway: string; missing: boolean; why: string }

/**
 * @throws ContentError `not_found` if every gateway says that it has no such block, else `unavailable` (retryable);
 * the signal's own reason if it was aborted.
 */
export async function fetchBlock(cid: CID, options: BlockOptions): Promise<Uint8Array<ArrayBuffer>> {
  const failures: Failure[] = []
  for (const gateway of options.gateways) {
    const result = await tryGateway(gateway, cid, options)
    if (result instanceof Uint8Array) return result
    failures.push(result)
  }
  const missing = failures.length > 0 && failures.every((failure) => failure.missing)
  const list =
    failures.map((failure) => `${hostOf(failure.gateway)}: ${failure.why}`).join('; ') || 'no gateway is configured'
  throw new ContentError(missing ? 'not_found' : 'unavailable', `No gateway served block ${cid} (${list}).`, {
    retryable: true,
  })
}

async function tryGateway(
  gateway: string,
  cid: CID,
  options: BlockOptions,
): Promise<Uint8Array<ArrayBuffer> | Failure> {
  const failed = (why: string, missing = false) => ({ gateway, why, missing })
  try {
    const response = await ask(endpoint(gateway, `/ipfs/${cid}?format=raw`), {
      headers: { accept: 'application/vnd.ipld.raw' },
      silentMs: options.blockTimeoutMs,
      signal: options.signal,
      fetch: options.fetch,
    })
    if (!response.ok) {
      await response.body?.cancel()
      return failed(`HTTP ${response.status}`, response.status === 404 || response.status === 410)
    }
    const bytes = await readBounded(response, MAX_BLOCK_BYTES)
    if (!bytes) return failed('sent more than a block')
    return (await isBlock(cid, bytes)) ? bytes : failed('sent other bytes than the CID names')
  } catch (error) {
    options.signal.throwIfAborted()
    if (isTooLate(error)) return failed('too slow')
    // The message of fetch's own error may quote the whole URL.
    return failed(error instanceof Error && !(error instanceof TypeError) ? error.message : 'does not answer')
  }
}
