/** What each account keeps here, counted in LevelDB beside the pins, and the limits on it. */
import type { LevelDatastore } from 'datastore-level'
import { IpfsError } from '../errors.ts'
import { createRecords } from './records.ts'
import type { Holder, Shares } from './shares.ts'

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
  /** Whose share it takes. */
  by?: string
  /** It takes nobody's share: the ledger keeps it, as far as was seen. */
  named?: true
}>

export type Accounts = {
  /** Bytes that count for the account. */
  used: (account: string) => Promise<number>
  has: (account: string, cid: string) => Promise<boolean>
  /**
   * Counts content for an account, once however often it uploads it. The answer takes that back, for an upload that failed after all.
   * @throws IpfsError `account_full`, `uploads_full`, and nothing is counted
   */
  charge: (account: string, cid: string, bytes: number, at: number | null, by?: Holder) => Promise<() => Promise<void>>
  /** The same for several files, all or none. */
  chargeAll: (
    account: string,
    files: readonly { cid: string; bytes: number }[],
    at: number | null,
    by?: Holder,
  ) => Promise<() => Promise<void>>
  /** What would be free for uploads after so many bytes more, of the room for all and of the disk. */
  free: (more: number) => Promise<number>
  /** Takes back what was counted for content that is not kept: a process may be killed between the count and the pin. */
  settle: (isKept: (cid: string) => boolean) => Promise<void>
  /** Those of these CIDs that an account keeps. */
  keeping: (cids: ReadonlySet<string>) => Promise<Set<string>>
  /** Of one account, or of all. */
  entries: (account?: string) => AsyncGenerator<AccountEntry>
  /** The time of what was taken before any ledger was read. */
  stamp: (entry: AccountEntry, at: number) => Promise<void>
  /** Whether the ledger keeps it, and it takes nobody's share for that. Must be called in turn. */
  mark: (entry: AccountEntry, named: boolean) => Promise<void>
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
  put: (account: string, requestid: string, value: object, by?: Holder) => Promise<void>
  drop: (account: string, requestid: string) => Promise<void>
  /** Of all accounts. */
  all: <T>() => AsyncGenerator<{ account: string; requestid: string; value: T }>
}

/** The least that an upload counts: what its file takes on a disk. Else millions of tiny ones would be free. */
export const LEAST_CHARGE = 4096

type WithHolder = { by?: string }

const PREFIX = '/account/'
const PIN_PREFIX = '/pin-object/'
/** Pin objects of an account: whoever asks for them has them looked through. */
const MOST_PINS = 1_000
/** Accounts whose sums are remembered. */
const MOST_TOTALS = 10_000

/** Before entries had a time they were the bytes alone. */
type Stored = number | Omit<AccountEntry, 'account' | 'cid'>
const stored = (value: Stored): Exclude<Stored, number> =>
  typeof value === 'number' ? { bytes: value, at: null } : value

/** @param diskRoom bytes of the disk that uploads may still take */
export async function openAccounts(
  db: LevelDatastore['db'],
  limits: AccountLimits,
  shares: Shares,
  diskRoom: () => Promise<number>,
): Promise<Accounts> {
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

  const free = async (more: number) =>
    Math.min(limits.maxUploadsBytes - all - shares.underWay - more, Math.max(0, await diskRoom()))

  /** @throws IpfsError `account_full`, `uploads_full` */
  async function checkLimits(before: number, bytes: number, by: Holder): Promise<void> {
    if (before + bytes > limits.maxAccountBytes) throw accountFull(before, limits.maxAccountBytes)
    shares.check(by, bytes, await free(bytes))
  }

  /** What an entry takes of its holder's share. */
  const count = ({ by, bytes, named }: Exclude<Stored, number>, sign: 1 | -1) =>
    named ? undefined : shares.add(by, sign * bytes)

  async function drop(account: string, cid: string): Promise<void> {
    const value = await records.get<Stored>(keyOf(account, cid))
    if (value === undefined) return
    await records.del(keyOf(account, cid))
    totals.delete(account)
    count(stored(value), -1)
    all -= stored(value).bytes
    files--
  }

  async function chargeAll(
    account: string,
    given: readonly { cid: string; bytes: number }[],
    at: number | null,
    by?: Holder,
  ): Promise<() => Promise<void>> {
    const each = new Map(given.map(({ cid, bytes }) => [cid, bytes]))
    const known = await records.getAll<Stored>([...each.keys()].map((cid) => keyOf(account, cid)))
    const fresh: string[] = []
    let more = 0
    const entered = [...each].map(([cid, size], index): [key: string, value: Stored] => {
      const before = known[index]
      // Who sends it again wants it for as long again.
      if (before !== undefined) {
        const { hidden: _, ...kept } = stored(before)
        return [keyOf(account, cid), { ...kept, at }]
      }
      const bytes = Math.max(size, LEAST_CHARGE)
      fresh.push(cid)
      more += bytes
      return [keyOf(account, cid), { bytes, at, ...(by !== undefined && { by }) }]
    })
    const total = await totalOf(account)
    if (fresh.length > 0) await checkLimits(total.bytes, more, by)
    await records.putAll(entered)
    totals.set(account, { ...total, bytes: total.bytes + more })
    shares.add(by, more)
    all += more
    files += fresh.length
    return async () => {
      for (const cid of fresh) await drop(account, cid)
    }
  }

  for await (const entry of entries()) {
    count(entry, 1)
    all += entry.bytes
    files++
  }
  for await (const { value } of allPins<WithHolder>()) {
    shares.add(value.by, chargeOf(value))
    all += chargeOf(value)
  }

  const pins: PinRecords = {
    get: (account, requestid) => records.get(pinKey(account, requestid)),
    of: pinsOf,
    async put(account, requestid, asked, by) {
      const value: WithHolder = { ...asked, ...(by !== undefined && { by }) }
      const total = await totalOf(account)
      if (total.pins >= MOST_PINS)
        throw new IpfsError(
          'account_full',
          `An account has at most ${MOST_PINS} pins here. Remove those that are over.`,
        )
      const bytes = chargeOf(value)
      await checkLimits(total.bytes, bytes, by)
      await records.put(pinKey(account, requestid), value)
      shares.add(by, bytes)
      totals.set(account, { bytes: total.bytes + bytes, pins: total.pins + 1 })
      all += bytes
    },
    async drop(account, requestid) {
      const value = await records.get<WithHolder>(pinKey(account, requestid))
      if (value === undefined) return
      await records.del(pinKey(account, requestid))
      totals.delete(account)
      shares.add(value.by, -chargeOf(value))
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
    charge: (account, cid, bytes, at, by) => chargeAll(account, [{ cid, bytes }], at, by),
    chargeAll,
    free,
    async settle(isKept) {
      for await (const { account, cid } of entries()) if (!isKept(cid)) await drop(account, cid)
    },
    async keeping(cids) {
      const kept = new Set<string>()
      for await (const { cid } of entries()) if (cids.has(cid)) kept.add(cid)
      return kept
    },
    entries,
    stamp: ({ account, cid, ...entry }, at) => records.put(keyOf(account, cid), { ...entry, at }),
    async mark({ account, cid }, named) {
      const value = await records.get<Stored>(keyOf(account, cid))
      if (value === undefined) return
      const { named: before, ...entry } = stored(value)
      if ((before ?? false) === named) return
      await records.put(keyOf(account, cid), { ...entry, ...(named && { named }) })
      shares.add(entry.by, named ? -entry.bytes : entry.bytes)
    },
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
