/** Asks another oracle, whose answers are checked by whoever asks, and tells it what it may not have; nothing waits for that. */

import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'

const TIMEOUT_MS = 15_000
const MOST_BYTES = 32 * 1024 * 1024

const at = (url: string, path: string) => endpoint(url, `/v1/work/${path}`)

/** Undefined where it has nothing, or gives no usable answer. */
export async function askPeer(url: string, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    const response = await fetch(at(url, path), { signal: limit, redirect: 'error', credentials: 'omit' })
    if (!response.ok) {
      await response.body?.cancel()
      return undefined
    }
    return await readBoundedJson(response, MOST_BYTES)
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

export async function tellPeer(url: string, path: string, body: object, signal: AbortSignal): Promise<void> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    const headers = { 'content-type': 'application/json' }
    const how = { method: 'PUT', headers, body: JSON.stringify(body), signal: limit, redirect: 'error' } as const
    await (await fetch(at(url, path), how)).body?.cancel()
  } catch {
    // It asks for what a list names.
  }
}
