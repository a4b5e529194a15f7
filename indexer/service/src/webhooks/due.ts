/** What an endpoint is to be told next: a ping, an event that came late, or the next one in the order of all. */
import type { ClientBase, Pool } from 'pg'
import { type StoredEvent, storedView } from '../api/read/events.ts'
import type { Message } from './sign.ts'

/** One connection, or any of several. */
export type Asked = Pick<ClientBase | Pool, 'query'>

export type Leased = {
  id: string
  url: string
  secret: string
  old_secret: string | null
  types: string[]
  challenges: string[]
  about: string | null
  ping: string | null
  cursor: string
  began: string
  late_cursor: string
  attempts: number
}

/** `after`: where its cursors stand once it is delivered. */
export type Due = Message & {
  type: string
  event: string | null
  after: { cursor?: string; lateCursor?: string; pinged?: true }
}

/** Events that are looked at in one step, wanted or not. */
const AT_ONCE = 500

/**
 * Whether event `e` is one that the endpoint in $1 (types), $2 (challenges) and $3 (account) wants. An event concerns an account that it
 * names, whose submission it decides, or who made its challenge.
 */
const WANTED = `(cardinality($1::text[]) = 0 or e.type = any($1)) and (cardinality($2::bigint[]) = 0 or e.challenge = any($2))
  and ($3::text is null or position('"' || $3 || '"' in e.data) > 0
    or exists (select from challenges c where c.id = e.challenge and c.maker = $3)
    or (e.type in ('scored', 'settled', 'ruled') and exists (select from json_array_elements(e.data::json -> 'rows') r
      join submissions s on s.challenge = e.challenge and s.number = (r ->> 'number')::bigint and s.solver = $3)))`

/** @returns null: nothing; then its cursors are as far as everything that there is, or as far as was looked in one step */
export async function nextDue(client: Asked, endpoint: Leased): Promise<Due | { passed: Due['after'] } | null> {
  if (endpoint.ping !== null) return { ...pingOf(endpoint.ping), after: { pinged: true } }
  return (await nextLate(client, endpoint)) ?? (await nextInOrder(client, endpoint))
}

function pingOf(id: string): Omit<Due, 'after'> {
  const body = JSON.stringify({ type: 'ping', timestamp: new Date().toISOString(), data: {} })
  return { id, type: 'ping', event: null, body }
}

async function nextInOrder(client: Asked, { types, challenges, about, cursor }: Leased) {
  const { rows } = await client.query(
    `select e.*, (${WANTED}) as wanted from (select * from events where id > $4 order by id limit ${AT_ONCE}) e order by e.id`,
    [types, challenges, about, cursor],
  )
  const list = rows as (StoredEvent & { wanted: boolean })[]
  const found = list.find(({ wanted }) => wanted)
  if (found) return { ...messageOf(found, false), after: { cursor: found.id } }
  const last = list.at(-1)
  return last ? { passed: { cursor: last.id } } : null
}

/** Those before the cursor that arrived since: what is behind it comes in its order anyway, and what was before it began is not its. */
async function nextLate(client: Asked, { types, challenges, about, cursor, began, late_cursor }: Leased) {
  const { rows } = await client.query(
    `select l.seq, (${WANTED}) as wanted, e.* from (select * from webhooks.late where seq > $4 order by seq limit ${AT_ONCE}) l
      join events e on e.id = l.event order by l.seq`,
    [types, challenges, about, late_cursor],
  )
  const list = rows as (StoredEvent & { seq: string; wanted: boolean })[]
  const found = list.find(({ wanted, id }) => wanted && id > began && id <= cursor)
  if (found) return { ...messageOf(found, true), after: { lateCursor: found.seq } }
  const last = list.at(-1)
  return last ? { passed: { lateCursor: last.seq } } : null
}

/** The same event is the same message, however often it is sent: receivers know it by its id. */
function messageOf(row: StoredEvent, late: boolean): Omit<Due, 'after'> {
  const { id } = row
  const event = storedView(row)
  const body = JSON.stringify({ type: event.type, timestamp: event.closedAt, late, data: event })
  return { id: `evt_${id}`, type: event.type, event: id, body }
}
