/** Shows a lease that counts to the other oracles of its challenge. They check it; nothing waits for them. */
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import type { Lease } from '@stellartrain/ipfs-content/lease'

const TIMEOUT_MS = 10_000

export async function tellPeers(
  urls: readonly string[],
  shown: Readonly<{ challenge: number; labeler: string; lease: Lease }>,
  signal: AbortSignal,
): Promise<void> {
  const body = JSON.stringify(shown)
  const headers = { 'content-type': 'application/json' }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const tell = async (url: string) => {
    const to = endpoint(url, '/v1/tasks/leases')
    const how = { method: 'PUT', headers, body, signal: limit, redirect: 'error', credentials: 'omit' } as const
    await (await fetch(to, how)).body?.cancel()
  }
  await Promise.allSettled(urls.map(tell))
}
