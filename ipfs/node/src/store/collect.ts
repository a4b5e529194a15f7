/** Garbage collection by the chain: uploads that nothing on the ledger names are let go after a time. */
import { parseCid } from '@stellartrain/ipfs-content/cid'
import type { AccountEntry, Accounts } from './accounts.ts'
import type { CheckedBlockstore } from './blocks.ts'
import type { Holds } from './holds.ts'
import { letGo } from './let-go.ts'
import { marked } from './mark.ts'
import type { Pins } from './pins.ts'
import type { Shares } from './shares.ts'

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
  shares: Shares
  /** One at a time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

/** For so long, seconds, an upload stays in any case: its maker is about to name it, and oracles to accept that. */
const LEAST_SECONDS = 3_600
/** Let go in one turn, so that uploads do not wait for long. */
const BATCH = 50

/**
 * Lets go what is old, and while there is little room also what is younger and over its holder's share.
 * @param now unix seconds by the ledger's time @param olderThan seconds since the upload
 */
export async function collectUploads(
  deps: CollectDeps,
  { now, olderThan, ledger }: { now: number; olderThan: number; ledger: LedgerKeeps },
): Promise<Collected> {
  const { accounts, inTurn } = deps
  const over: AccountEntry[] = []
  let unlearned = 0
  const isOld = ({ at }: AccountEntry) => at !== null && now - at >= olderThan
  async function keptByLedger(entry: AccountEntry): Promise<boolean> {
    const kept = await ledger.keeps(entry)
    if (kept !== (entry.named ?? false)) await inTurn(() => accounts.mark(entry, kept))
    return kept
  }
  for await (const entry of accounts.entries()) {
    if (entry.at === null) await accounts.stamp(entry, now)
    else if (!isOld(entry) || (await keptByLedger(entry))) continue
    else if (entry.at < ledger.since) unlearned++
    else over.push(entry)
  }
  await dropBatches(deps, over)
  // After the old ones, which the quotas of challenges go to first.
  for await (const entry of accounts.entries()) if (entry.at !== null && !isOld(entry)) await keptByLedger(entry)
  const early = await overShares(deps, { before: now - LEAST_SECONDS, since: ledger.since })
  await dropBatches(deps, early)
  const bytes = [...over, ...early].reduce((sum, one) => sum + one.bytes, 0)
  return { files: over.length + early.length, bytes, unlearned }
}

/** The oldest of those who have more than their share while there is little room, until they are within it. */
async function overShares(
  { accounts, shares }: CollectDeps,
  { before, since }: { before: number; since: number },
): Promise<AccountEntry[]> {
  let free = await accounts.free(0)
  const found: AccountEntry[] = []
  const mayGo = ({ named, at, by }: AccountEntry) =>
    !named && at !== null && at >= since && at <= before && shares.isOver(by, free)
  for await (const entry of accounts.entries()) if (mayGo(entry)) found.push(entry)
  const tried = shares.trial()
  return found
    .sort((one, other) => one.at! - other.at!)
    .filter(({ by, bytes }) => {
      if (!tried.isOver(by, free)) return false
      tried.add(by, -bytes)
      free += bytes
      return true
    })
}

async function dropBatches(deps: CollectDeps, all: readonly AccountEntry[]): Promise<void> {
  for (let at = 0; at < all.length; at += BATCH) await deps.inTurn(() => dropAll(deps, all.slice(at, at + BATCH)))
}

type Dropping = Omit<CollectDeps, 'inTurn' | 'shares'>

/** What an account lets go by itself. Must be called in turn. */
export function dropUpload(deps: Dropping, account: string, cid: string): Promise<void> {
  return dropAll(deps, [{ account, cid }])
}

async function dropAll(
  { incoming, blocks, pins, accounts, holds }: Dropping,
  batch: readonly { account: string; cid: string }[],
): Promise<void> {
  await marked(incoming, async () => {
    for (const { account, cid } of batch) await accounts.drop(account, cid)
    const cids = new Set(batch.map(({ cid }) => cid))
    const kept = new Set([...(await accounts.keeping(cids)), ...(await holds.keeping(cids))])
    for (const cid of cids) if (!kept.has(cid)) await letGo(blocks, pins, parseCid(cid))
  })
}
