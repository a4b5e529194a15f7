/** What each account keeps here, counted in LevelDB beside the pins, and the limit on it. */
import type { LevelDatastore } from 'datastore-level'
import { IpfsError } from '../errors.ts'

export type Accounts = {
  /** Bytes that count for the account. */
  used: (account: string) => Promise<number>
  /**
   * Counts content for an account, once however often it uploads it. The answer takes that back, for an upload that failed after all.
   * @throws IpfsError `account_full`, and nothing is counted
   */
  charge: (account: string, cid: string, bytes: number) => Promise<() => Promise<void>>
  /** Takes back what was counted for content that is not kept: a process may be killed between the count and the pin. */
  settle: (isKept: (cid: string) => boolean) => Promise<void>
  /** Those of these CIDs that an account keeps. */
  keeping: (cids: ReadonlySet<string>) => Promise<Set<string>>
}

/** The least that an upload counts: what its file takes on a disk. Else millions of tiny ones would be free. */
export const LEAST_CHARGE = 4096

const PREFIX = '/account/'
const decoder = new TextDecoder()
const encoder = new TextEncoder()

export function createAccounts(db: LevelDatastore['db'], maxBytes: number): Accounts {
  const totals = new Map<string, number>()
  const between = (prefix: string) => ({ gte: prefix, lt: `${prefix}\xff` })

  async function used(account: string): Promise<number> {
    let total = totals.get(account)
    if (total === undefined) {
      total = 0
      for await (const value of db.values(between(`${PREFIX}${account}/`))) total += Number(decoder.decode(value))
      totals.set(account, total)
    }
    return total
  }

  return {
    used,
    async charge(account, cid, bytes) {
      const key = `${PREFIX}${account}/${cid}`
      if ((await db.get(key)) !== undefined) return async () => {}
      const before = await used(account)
      const charged = Math.max(bytes, LEAST_CHARGE)
      if (before + charged > maxBytes) throw accountFull(before, maxBytes)
      await db.put(key, encoder.encode(String(charged)))
      totals.set(account, before + charged)
      return async () => {
        totals.delete(account)
        await db.del(key)
      }
    },
    async settle(isKept) {
      for await (const key of db.keys(between(PREFIX))) {
        if (!isKept(key.slice(key.lastIndexOf('/') + 1))) await db.del(key)
      }
      totals.clear()
    },
    async keeping(cids) {
      const kept = new Set<string>()
      for await (const key of db.keys(between(PREFIX))) {
        const cid = key.slice(key.lastIndexOf('/') + 1)
        if (cids.has(cid)) kept.add(cid)
      }
      return kept
    },
  }
}

function accountFull(used: number, max: number): IpfsError {
  const what = `This account keeps ${used} of at most ${max} bytes here, too much for this file beside it.`
  return new IpfsError('account_full', `${what} Use another account or another service, or ask the operator for more.`)
}
