/**
 * Who may have a webhook where there is no place for all. A wallet costs nothing, a part in a challenge does: accounts with one have places
 * that no others can take. What has answered once is never taken from its account, disabled or not; what never did gives way.
 */
import { type Kysely, sql } from 'kysely'
import { ApiError } from '../api/problem.ts'
import type { Database } from '../store/database.ts'

/** `strangers`: of accounts without a part in any challenge; `all`: together with those. */
export type Places = { strangers: number; all: number }
export const PLACES: Places = { strangers: 500, all: 1_000 }

/** After so many days one that never answered is forgotten. */
const UNPROVEN_DAYS = 7

/** Whether an account made a challenge, submitted to one, or is an oracle or the judge of one, in SQL. */
const hasPart = (account: string): string => `(exists (select from challenges where maker = ${account})
  or exists (select from submissions where solver = ${account})
  or exists (select from challenge_oracles where address = ${account})
  or exists (select from challenges where judge = ${account}))`

/** In the transaction that takes the place, behind a lock. @throws ApiError `too_many_webhooks` */
export async function makePlace(tx: Kysely<Database>, account: string, { strangers, all }: Places): Promise<void> {
  await sql`delete from webhooks.endpoints where not proven and unproven_since < now() - make_interval(days => ${UNPROVEN_DAYS})`.execute(
    tx,
  )
  const { rows } = await sql<{ account: string; endpoints: number; part: boolean }>`
    select account, count(*)::int as endpoints, ${sql.raw(hasPart('e.account'))} as part
    from webhooks.endpoints e group by account`.execute(tx)
  const count = (list: typeof rows) => list.reduce((sum, { endpoints }) => sum + endpoints, 0)
  const ofStrangers = rows.filter(({ part }) => !part)
  const { rows: own } = await sql<{ part: boolean }>`select ${sql.raw(hasPart('a.account'))} as part
    from (select ${account}::text as account) a`.execute(tx)
  const { part } = own[0]!
  const full = count(rows) >= all || (!part && count(ofStrangers) >= strangers)
  if (!full) return
  // Strangers give way to everyone, others only to those who have a part as well.
  if (await giveWay(tx, ofStrangers)) return
  if (part && (await giveWay(tx, rows))) return
  throw new ApiError(
    'too_many_webhooks',
    part
      ? 'This index has no place for more webhooks: run your own, or ask its operator.'
      : 'This index has no place for more webhooks of accounts without a part in a challenge: take part in one, or run your own index.',
  )
}

/** The account with the most endpoints gives way first, with the one that has been silent the longest. */
async function giveWay(tx: Kysely<Database>, accounts: readonly { account: string; endpoints: number }[]) {
  const freed = await sql`delete from webhooks.endpoints where id = (
    select id from webhooks.endpoints join unnest(${accounts.map(({ account }) => account)}::text[],
        ${accounts.map(({ endpoints }) => endpoints)}::int[]) as a (account, endpoints) using (account)
      where not proven order by endpoints desc, unproven_since limit 1)`.execute(tx)
  return (freed.numAffectedRows ?? 0n) > 0n
}
