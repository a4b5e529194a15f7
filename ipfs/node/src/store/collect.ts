/** Garbage collection by the chain: uploads that nothing on the ledger names are let go after a time. */
import { parseCid } from '@stellartrain/ipfs-content/cid'
import type { AccountEntry, Accounts } from './accounts.ts'
import type { CheckedBlockstore } from './blocks.ts'
import type { Holds } from './holds.ts'
import { letGo } from './let-go.ts'
import { marked } from './mark.ts'
import type { Pins } from './pins.ts'

/** What the ledger says of uploads. */
export type LedgerKeeps = {
  /** Unix seconds. What was uploaded before may have been named by events that nobody saw, and is never let go. */
  since: number
  /** What challenges whose files are kept name in their terms and manifests. */
  declared: ReadonlySet<string>
  /** Whether a challenge whose files are kept, or an oracle, names this content. */
  names: (entry: Pick<AccountEntry, 'cid' | 'bytes'>) => Promise<boolean>
  /** The same within the quota of each challenge, or its account has a part in one and keeps little. Each entry is asked for once. */
  keeps: (entry: AccountEntry) => Promise<boolean>
}

/** `unlearned`: uploads that stay because the ledger's events from before their time are gone. */
export type Collected = { files: number; bytes: number; unlearned: number }

export type CollectDeps = {
  /** Where `marked` says that something is under way. */
  incoming: string
  blocks: CheckedBlockstore
  pins: Pins
  accounts: Accounts
  holds: Holds
  /** One at a time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

/** Let go in one turn, so that uploads do not wait for long. */
const BATCH = 50

/** @param now unix seconds by the ledger's time @param olderThan seconds since the upload */
export async function collectUploads(
  { incoming, blocks, pins, accounts, holds, inTurn }: CollectDeps,
  { now, olderThan, ledger }: { now: number; olderThan: number; ledger: LedgerKeeps },
): Promise<Collected> {
  const over: AccountEntry[] = []
  let unlearned = 0
  for await (const entry of accounts.entries()) {
    if (entry.at === null) await accounts.stamp(entry, now)
    else if (now - entry.at < olderThan || (await ledger.keeps(entry))) continue
    else if (entry.at < ledger.since) unlearned++
    else over.push(entry)
  }
  for (let at = 0; at < over.length; at += BATCH)
    await inTurn(() => dropAll({ incoming, blocks, pins, accounts, holds }, over.slice(at, at + BATCH)))
  return { files: over.length, bytes: over.reduce((sum, { bytes }) => sum + bytes, 0), unlearned }
}

/** What an account lets go by itself. Must be called in turn. */
export function dropUpload(deps: Omit<CollectDeps, 'inTurn'>, account: string, cid: string): Promise<void> {
  return dropAll(deps, [{ account, cid }])
}

async function dropAll(
  { incoming, blocks, pins, accounts, holds }: Omit<CollectDeps, 'inTurn'>,
  batch: readonly { account: string; cid: string }[],
): Promise<void> {
  await marked(incoming, async () => {
    for (const { account, cid } of batch) await accounts.drop(account, cid)
    const cids = new Set(batch.map(({ cid }) => cid))
    const kept = new Set([...(await accounts.keeping(cids)), ...(await holds.keeping(cids))])
    for (const cid of cids) if (!kept.has(cid)) await letGo(blocks, pins, parseCid(cid))
  })
}
