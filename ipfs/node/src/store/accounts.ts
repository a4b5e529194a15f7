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
  /** The same for several files, all or none. */
  chargeAll: (
    account: string,
    files: readonly { cid: string; bytes: number }[],
    at: number | null,
  ) => Promise<() => Promise<void>>
  /** Takes back what was counted for content that is not kept: a process may be killed between the count and the pin. */
  settle: (isKept: (cid: string) => boolean) => Promise<void>
  /** Those of these CIDs that an account keeps. */
  keeping: (cids: ReadonlySet<string>) => Promise<Set<string>>
  /** Of one account, or of all. */
  entries: (account?: string) => AsyncGenerator<AccountEntry>
  /** The time of what was taken before any ledger was read. */
  stamp: (entry: AccountEntry, at: number) => Promise<void>
  drop: (account: string, cid: string) => Promise<void>
  /** Undefined where the account keeps no such content. */
  entry: (account: string, cid: string) => Promise<AccountEntry | undefined>
  /** Pin objects of accounts: each counts as an upload does. */
  pins: PinRecords
  hide: (account: string, cid: string) => Promise<void>
  /** What all accounts keep. */
  readonly files: number
  readonly bytes: number
}

export type PinRecords = {
  get: <T>(account: string, requestid: string) => Promise<T | undefined>
  /** In the order of their ids. */
  of: <T>(account: string) => AsyncGenerator<[requestid: string, value: T]>
  /** @throws IpfsError `account_full`, `uploads_full`, and nothing is written */
  put: (account: string, requestid: string, value: unknown) => Promise<void>
  drop: (account: string, requestid: string) => Promise<void>
  /** Of all accounts. */
  all: <T>() => AsyncGenerator<{ account: string; requestid: string; value: T }>
}

/** The least that an upload counts: what its file takes on a disk. Else millions of tiny ones would be free. */
export const LEAST_CHARGE = 4096

const PREFIX = '/account/'
const PIN_PREFIX = '/pin-object/'
/** Pin objects of an account: whoever asks for them has them looked through. */
const MOST_PINS = 1_000
/** Accounts whose sums are remembered. */
const MOST_TOTALS = 10_000

/** Before entries had a time they were the bytes alone. */
type Stored = number | { bytes: number; at: number | null; hidden?: true }
const stored = (value: Stored): Exclude<Stored, number> =>
  typeof value === 'number' ? { bytes: value, at: null } : value

export async function openAccounts(db: LevelDatastore['db'], limits: AccountLimits): Promise<Accounts> {
  const records = createRecords(db)
  const totals = new Map<string, { bytes: number; pins: number }>()
  let files = 0
  let all = 0

  async function* entries(of?: string): AsyncGenerator<AccountEntry> {
    const prefix = of === undefined ? PREFIX : `${PREFIX}${of}/`
    for await (const [key, value] of records.entries<Stored>(prefix)) {
      const [account, cid] = of === undefined ? key.split('/') : [of, key]
      yield { account: account!, cid: cid!, ...stored(value) }
    }
  }

  const chargeOf = (value: unknown) => Math.max(Buffer.byteLength(JSON.stringify(value)), LEAST_CHARGE)
  const pinsOf = <T>(account: string) => records.entries<T>(`${PIN_PREFIX}${account}/`)
  const pinKey = (account: string, requestid: string) => `${PIN_PREFIX}${account}/${requestid}`

  async function* allPins<T>() {
    for await (const [key, value] of records.entries<T>(PIN_PREFIX)) {
      const at = key.indexOf('/')
      yield { account: key.slice(0, at), requestid: key.slice(at + 1), value }
    }
  }

  async function totalOf(account: string): Promise<{ bytes: number; pins: number }> {
    const known = totals.get(account)
    if (known !== undefined) return known
    const total = { bytes: 0, pins: 0 }
    for await (const { bytes } of entries(account)) total.bytes += bytes
    for await (const [, value] of pinsOf(account)) {
      total.bytes += chargeOf(value)
      total.pins++
    }
    if (totals.size >= MOST_TOTALS) totals.clear()
    totals.set(account, total)
    return total
  }

  /** @throws IpfsError `account_full`, `uploads_full` */
  function checkLimits(before: number, bytes: number): void {
    if (before + bytes > limits.maxAccountBytes) throw accountFull(before, limits.maxAccountBytes)
    if (all + bytes > limits.maxUploadsBytes) throw uploadsFull()
  }

  async function drop(account: string, cid: string): Promise<void> {
    const value = await records.get<Stored>(keyOf(account, cid))
    if (value === undefined) return
    await records.del(keyOf(account, cid))
    totals.delete(account)
    all -= stored(value).bytes
    files--
  }

  async function chargeAll(
    account: string,
    given: readonly { cid: string; bytes: number }[],
    at: number | null,
  ): Promise<() => Promise<void>> {
    const each = new Map(given.map(({ cid, bytes }) => [cid, bytes]))
    const known = await records.getAll<Stored>([...each.keys()].map((cid) => keyOf(account, cid)))
    const fresh: string[] = []
    let more = 0
    const entered = [...each].map(([cid, size], index): [key: string, value: Stored] => {
      const before = known[index]
      // Who sends it again wants it for as long again.
      if (before !== undefined) return [keyOf(account, cid), { bytes: stored(before).bytes, at }]
      const bytes = Math.max(size, LEAST_CHARGE)
      fresh.push(cid)
      more += bytes
      return [keyOf(account, cid), { bytes, at }]
    })
    const total = await totalOf(account)
    if (fresh.length > 0) checkLimits(total.bytes, more)
    await records.putAll(entered)
    totals.set(account, { ...total, bytes: total.bytes + more })
    all += more
    files += fresh.length
    return async () => {
      for (const cid of fresh) await drop(account, cid)
    }
  }

  for await (const { bytes } of entries()) {
    all += bytes
    files++
  }
  for await (const { value } of allPins()) all += chargeOf(value)

  const pins: PinRecords = {
    get: (account, requestid) => records.get(pinKey(account, requestid)),
    of: pinsOf,
    async put(account, requestid, value) {
      const total = await totalOf(account)
      if (total.pins >= MOST_PINS)
        throw new IpfsError(
          'account_full',
          `An account has at most ${MOST_PINS} pins here. Remove those that are over.`,
        )
      const bytes = chargeOf(value)
      checkLimits(total.bytes, bytes)
      await records.put(pinKey(account, requestid), value)
      totals.set(account, { bytes: total.bytes + bytes, pins: total.pins + 1 })
      all += bytes
    },
    async drop(account, requestid) {
      const value = await records.get(pinKey(account, requestid))
      if (value === undefined) return
      await records.del(pinKey(account, requestid))
      totals.delete(account)
      all -= chargeOf(value)
    },
    all: allPins,
  }

  return {
    used: async (account) => (await totalOf(account)).bytes,
    async entry(account, cid) {
      const value = await records.get<Stored>(keyOf(account, cid))
      return value === undefined ? undefined : { account, cid, ...stored(value) }
    },
    pins,
    async has(account, cid) {
      const value = await records.get<Stored>(keyOf(account, cid))
      return value !== undefined && !stored(value).hidden
    },
    charge: (account, cid, bytes, at) => chargeAll(account, [{ cid, bytes }], at),
    chargeAll,
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
