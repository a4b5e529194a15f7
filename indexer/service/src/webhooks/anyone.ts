/** Whether there is anybody to send to. Most indexes have nobody, and then a ledger costs no question. */
import type { Pool } from 'pg'
import type { Feed } from '../store/feed.ts'

export type Anyone = () => Promise<boolean>

/** Asks again after a registration, and as long as somebody is there: the last one may go. */
export function createAnyone(pool: Pool, feed: Pick<Feed, 'registrations'>, againMs = 60_000): Anyone {
  let known: { registrations: number; found: Promise<boolean>; at: number } | undefined
  const ask = async () =>
    (await pool.query('select exists(select from webhooks.endpoints) as found')).rows[0]?.found === true
  return async () => {
    const registrations = feed.registrations()
    const stale =
      known?.registrations !== registrations || ((await known.found) && performance.now() - known.at > againMs)
    if (known === undefined || stale) {
      const found = ask()
      known = { registrations, found, at: performance.now() }
      // Asked again by whoever comes next.
      found.catch(() => (known = undefined))
    }
    return known.found
  }
}
