/** Endpoints as people register them; every statement names the account, so that none sees or touches another's. */
import { type Kysely, type Selectable, sql, type UpdateObject } from 'kysely'
import { ApiError } from '../api/problem.ts'
import type { Database, WebhookEndpointsTable } from '../store/database.ts'
import { makePlace, PLACES, type Places } from './places.ts'
import { createSecret } from './sign.ts'

export type Endpoint = Selectable<WebhookEndpointsTable>

export type EndpointFacts = {
  url: string
  description: string
  types: string[]
  challenges: number[]
  about: string | null
}

export const MOST_OF_ACCOUNT = 10
/** For so long an old secret signs beside the new one. */
const OLD_SECRET_HOURS = 24

const NOWHERE = '0000000000000000000-0000000000'

/** @param after begin behind this event; null: with what comes next @throws ApiError `too_many_webhooks` */
export async function addEndpoint(
  db: Kysely<Database>,
  account: string,
  facts: EndpointFacts,
  after: string | null,
  places: Places = PLACES,
): Promise<Endpoint> {
  return db.transaction().execute(async (tx) => {
    // One after the other, so that the limits hold.
    await sql`select pg_advisory_xact_lock(7353102)`.execute(tx)
    const own = await tx
      .selectFrom('webhooks.endpoints')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
    if (Number(own.n) >= MOST_OF_ACCOUNT)
      throw new ApiError('too_many_webhooks', `An account has at most ${MOST_OF_ACCOUNT} webhooks: delete one first.`)
    await makePlace(tx, account, places)
    const last = await tx.selectFrom('sync').select('last_event').executeTakeFirst()
    const late = await sql<{ seq: string }>`select coalesce(max(seq), 0) as seq from webhooks.late`.execute(tx)
    const cursor = after ?? (last?.last_event || NOWHERE)
    return tx
      .insertInto('webhooks.endpoints')
      .values({
        ...{ account, secret: createSecret(), cursor, began: cursor, late_cursor: late.rows[0]!.seq },
        ...{ ...facts, challenges: facts.challenges.map(String) },
        // Whoever is told has to show first that it wants to be.
        ping: sql<string>`'ping_' || gen_random_uuid()`,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

export const listEndpoints = (db: Kysely<Database>, account: string): Promise<Endpoint[]> =>
  db.selectFrom('webhooks.endpoints').selectAll().where('account', '=', account).orderBy('created_at').execute()

/** @throws ApiError `not_found`, also for another account's */
export async function findEndpoint(db: Kysely<Database>, account: string, id: string): Promise<Endpoint> {
  const found = await db
    .selectFrom('webhooks.endpoints')
    .selectAll()
    .where('account', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()
  return found ?? throwMissing(id)
}

function throwMissing(id: string): never {
  throw new ApiError('not_found', `You have no webhook ${id}.`)
}

type Changes = UpdateObject<Database, 'webhooks.endpoints', 'webhooks.endpoints'>

async function change(db: Kysely<Database>, account: string, id: string, values: Changes): Promise<Endpoint> {
  const changed = await db
    .updateTable('webhooks.endpoints')
    .set(values)
    .where('account', '=', account)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return changed ?? throwMissing(id)
}

const AT_ONCE: Changes = {
  attempts: 0,
  failing_since: null,
  next_try: sql<Date>`now()`,
  lease: null,
  leased_until: null,
}

/** What another URL answered says nothing of this one. */
const UNPROVEN: Changes = { proven: false, unproven_since: sql<Date>`now()`, pace: 0 }

/** With another URL it has to answer anew, and what is under way to the old one is not counted. */
export function changeEndpoint(
  db: Kysely<Database>,
  account: string,
  id: string,
  { state, challenges, ...facts }: Partial<EndpointFacts> & { state?: 'active' | 'disabled' | undefined },
): Promise<Endpoint> {
  return change(db, account, id, {
    ...(facts as Changes),
    ...(challenges && { challenges: challenges.map(String) }),
    ...(facts.url !== undefined && { ...AT_ONCE, ...UNPROVEN, ping: sql<string>`'ping_' || gen_random_uuid()` }),
    ...(state === 'active' && { ...AT_ONCE, state, reason: '' }),
    ...(state === 'disabled' && { state, reason: 'You disabled it.', lease: null }),
  })
}

export async function countEndpoints(db: Kysely<Database>) {
  const { rows } = await sql<{ active: number; failing: number; disabled: number }>`
    select count(*) filter (where state = 'active' and attempts = 0)::int as active,
      count(*) filter (where state = 'active' and attempts > 0)::int as failing,
      count(*) filter (where state = 'disabled')::int as disabled from webhooks.endpoints`.execute(db)
  return rows[0]!
}

export async function removeEndpoint(db: Kysely<Database>, account: string, id: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('webhooks.endpoints')
    .where('account', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throwMissing(id)
}

export const pingEndpoint = (db: Kysely<Database>, account: string, id: string) =>
  change(db, account, id, { ping: sql<string>`'ping_' || gen_random_uuid()`, next_try: sql<Date>`now()` })

/** From behind this event on everything is sent again, with the ids that it had. */
export const replayEndpoint = (db: Kysely<Database>, account: string, id: string, after: string) =>
  change(db, account, id, { ...AT_ONCE, cursor: after, began: sql<string>`least(began, ${after} collate "C")` })

export const renewSecret = (db: Kysely<Database>, account: string, id: string) =>
  change(db, account, id, {
    old_secret: sql<string>`secret`,
    old_until: sql<Date>`now() + make_interval(hours => ${OLD_SECRET_HOURS})`,
    secret: createSecret(),
  })

export async function listDeliveries(db: Kysely<Database>, account: string, id: string, limit: number) {
  await findEndpoint(db, account, id)
  return db
    .selectFrom('webhooks.deliveries')
    .selectAll()
    .where('endpoint', '=', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
