/** A network that closes a ledger for each transaction at once, and whose clock moves on while nobody sends any. */
import type { Devnet } from '@stellartrain/devnet'

/** Ledgers count whole seconds: more of them would tell nobody of a later time. */
const BEAT_MS = 1_000

/** A ledger each second for a network of `interval: 'auto'`, until the returned function is called. */
export function keepTime(net: Devnet): () => void {
  const beat = setInterval(() => void net.closeLedger().catch(() => {}), BEAT_MS)
  return () => clearInterval(beat)
}
