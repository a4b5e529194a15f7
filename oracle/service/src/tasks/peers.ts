/** Shows a lease that counts to the other oracles of its challenge. They check it; nothing waits for them. */
import { tell } from '@stellartrain/ipfs-content/ask'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import type { Lease } from '@stellartrain/ipfs-content/lease'

const TIMEOUT_MS = 10_000

export async function tellPeers(
  urls: readonly string[],
  shown: Readonly<{ challenge: number; labeler: string; lease: Lease }>,
  signal: AbortSignal,
): Promise<void> {
  const said = { body: JSON.stringify(shown), silentMs: TIMEOUT_MS, signal }
  await Promise.all(urls.map((url) => tell(endpoint(url, '/v1/tasks/leases'), said)))
}
