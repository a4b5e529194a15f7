/** Asks another oracle, whose answers are checked by whoever asks, and tells it what it may not have; nothing waits for that. */
import { askJson, tell } from '@stellartrain/ipfs-content/ask'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'

const SILENT_MS = 15_000
const MOST_BYTES = 32 * 1024 * 1024

const at = (url: string, path: string) => endpoint(url, `/v1/work/${path}`)

/** Undefined where it has nothing, or gives no usable answer. */
export const askPeer = (url: string, path: string, signal: AbortSignal): Promise<unknown> =>
  askJson(at(url, path), { silentMs: SILENT_MS, maxBytes: MOST_BYTES, signal })

export const tellPeer = (url: string, path: string, body: object, signal: AbortSignal): Promise<void> =>
  tell(at(url, path), { body: JSON.stringify(body), silentMs: SILENT_MS, signal })
