/** What each account keeps here, counted in LevelDB beside the pins, and the limits on it. */
import type { LevelDatastore } from 'datastore-level'
import { IpfsError } from '../errors.ts'
import { createRecords } from './records.ts'

/** `maxUploadsBytes`: of all accounts together. */
export type AccountLimits = { maxAccountBytes: number; maxUploadsBytes: number }

/** `at`: unix seconds by the ledger's time; null where it was not known, until `stamp`. */
export type AccountEntry = Readonly<{
  account: string
  cid: string
  bytes: number
  at: number | null
  /** The account let it go, and it stays for as long as the ledger names it. */
  hidden?: true
}>

export type Accounts = {
  /** Bytes that count for the account. */
  used: (account: string) => Promise<number>
  has: (account: string, cid: string) => Promise<boolean>
  /**
   * Counts content for an account, once however often it uploads it. The answer takes that back, for an upload that failed after all.
   * @throws IpfsError `account_full`, `uploads_full`, and nothing is counted
   */
  charge: (account: string, cid: string, bytes: number, at: number | null) => Promise<() => Promise<void>>
  /** Takes back what was counted for content that is not kept: a process may be killed between the count and the pin. */
  settle: (isKept: (cid: string) => boolean) => Promise<void>
  /** Those of these CIDs that an account keeps. */
  keeping: (cids: ReadonlySet<string>) => Promise<Set<string>>
  /** Of one account, or of all. */
  entries: (account?: string) => AsyncGenerator<AccountEntry>
  /** The time of what was taken before any ledger was read. */
  stamp: (entry: AccountEntry, at: number) => Promise<void>
  drop: (account: string, cid: string) => Promise<void>
  hide: (account: string, cid: string) => Promise<void>
  /** What all accounts keep. */
  readonly files: number
  readonly bytes: number
}

/** The least that an upload counts: what its file takes on a disk. Else millions of tiny ones would be free. */
export const LEAST_CHARGE = 4096

const PREFIX = '/account/'
/** Accounts whose sums are remembered. */
const MOST_TOTALS = 10_000

/** Before entries had a time they were the bytes alone. */
type Stored = number | { bytes: number; at: number | null; hidden?: true }
const stored = (value: Stored): Exclude<Stored, number> =>
  typeof value === 'number' ? { bytes: value, at: null } : value

export async function openAccounts(db: LevelDatastore['db'], limits: AccountLimits): Promise<Accounts> {
  const records = createRecords(db)
  const totals = new Map<string, number>()
  let files = 0
  let all = 0

  async function* entries(of?: string): AsyncGenerator<AccountEntry> {
    const prefix = of === undefined ? PREFIX : `${PREFIX}${of}/`
    for await (const [key, value] of records.entries<Stored>(prefix)) {
      const [account, cid] = of === undefined ? key.split('/') : [of, key]
      yield { account: account!, cid: cid!, ...stored(value) }
    }
  }

  async function used(account: string): Promise<number> {
    let total = totals.get(account)
    if (total === undefined) {
      total = 0
      for await (const { bytes } of entries(account)) total += bytes
      if (totals.size >= MOST_TOTALS) totals.clear()
      totals.set(account, total)
    }
    return total
  }

  async function drop(account: string, cid: string): Promise<void> {
    const value = await records.get<Stored>(keyOf(account, cid))
    if (value === undefined) return
    await records.del(keyOf(account, cid))
    totals.delete(account)
    all -= stored(value).bytes
    files--
  }

  for await (const { bytes } of entries()) {
    all += bytes
    files++
  }

  return {
    used,
    async has(account, cid) {
      const value = await records.get<Stored>(keyOf(account, cid))
      return value !== undefined && !stored(value).hidden
    },
    async charge(account, cid, size, at) {
      const known = await records.get<Stored>(keyOf(account, cid))
      if (known !== undefined) {
        // Who sends it again wants it for as long again.
        await records.put(keyOf(account, cid), { bytes: stored(known).bytes, at })
        return async () => {}
      }
      const before = await used(account)
      const bytes = Math.max(size, LEAST_CHARGE)
      if (before + bytes > limits.maxAccountBytes) throw accountFull(before, limits.maxAccountBytes)
      if (all + bytes > limits.maxUploadsBytes) throw uploadsFull()
      await records.put(keyOf(account, cid), { bytes, at })
      totals.set(account, before + bytes)
      all += bytes
      files++
      return () => drop(account, cid)
    },
    async settle(isKept) {
      for await (const { account, cid } of entries()) if (!isKept(cid)) await drop(account, cid)
    },
    async keeping(cids) {
      const kept = new Set<string>()
      for await (const { cid } of entries()) if (cids.has(cid)) kept.add(cid)
      return kept
    },
    entries,
    stamp: ({ account, cid, bytes, hidden }, at) =>
      records.put(keyOf(account, cid), { bytes, at, ...(hidden && { hidden }) }),
    drop,
    async hide(account, cid) {
      const value = await records.get<Stored>(keyOf(account, cid))
      if (value !== undefined) await records.put(keyOf(account, cid), { ...stored(value), hidden: true })
    },
    get files() {
      return files
    },
    get bytes() {
      return all
    },
  }
}

const keyOf = (account: string, cid: string) => `${PREFIX}${account}/${cid}`

function accountFull(used: number, max: number): IpfsError {
  const what = `This account keeps ${used} of at most ${max} bytes here, too much for this file beside it.`
  return new IpfsError('account_full', `${what} Use another account or another service, or ask the operator for more.`)
}

export function uploadsFull(): IpfsError {
  const what =
    'This node has no room for more uploads now; those that the ledger does not name are let go after a time.'
  return new IpfsError('uploads_full', `${what} Use another service.`)
}
