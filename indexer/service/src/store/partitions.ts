/**
 * The raw events, which are kept for ever, in partitions of so many ledgers each: what is written lately is small whatever the
 * archive is, and a page or a past ledger reads no other part of it. Ids of events begin with their ledger, so they are the ranges.
 */
import type { ClientBase } from 'pg'

/** Eight months of the public network: what is rare is looked for in each of them, so they are to stay few. */
export const SPAN = 2 ** 22
/** A partition is made a day before the first ledger of its own, or with the first event of it. */
const AHEAD = 17_280

export const partOf = (ledger: number): number => Math.floor(ledger / SPAN)

/** What is before the ids of all events of these ledgers, and behind those of all ledgers before them. */
export const boundOf = (part: number): string => ((BigInt(part) * BigInt(SPAN)) << 32n).toString().padStart(19, '0')

/** What stands in `event_parts` for events of any challenge or none, and of any type. */
export const ANY_CHALLENGE = 0
export const ANY_TYPE = ''

/** Notes of all events in which partitions they are, as `noteParts` (archive.ts) does of those that it writes. */
export const NOTE_ALL_PARTS = `insert into event_parts (challenge, type, part) select distinct k.challenge, k.type, e.part
  from (select distinct challenge, type, ledger / ${SPAN} as part from events) e
  cross join lateral (values (e.challenge, '${ANY_TYPE}'), (${ANY_CHALLENGE}, e.type), (e.challenge, e.type)) k (challenge, type)
  where k.challenge is not null on conflict do nothing`

/** `boundOf` of a column. */
export const boundSql = (part: string): string => `lpad((${part} * ${BigInt(SPAN) << 32n}::numeric)::text, 19, '0')`

/** The last event of a challenge: looked for in the partitions that have some of it, from the last one on. Null where there is none. */
export const lastEventSql = (
  column: 'id' | 'ledger',
  challenge: string,
): string => `(select e.${column} from event_parts p
  cross join lateral (select id, ledger from events where challenge = ${challenge} and id >= ${boundSql('p.part')}
    and id < ${boundSql('(p.part + 1)')} order by id desc limit 1) e
  where p.challenge = ${challenge} and p.type = '${ANY_TYPE}' order by p.part desc limit 1)`

/** `events_to_N`, from before there were partitions, has all parts before N. */
const MISSING = `select n from unnest($1::int[]) n where not exists (
  select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass
    and (c.relname = 'events_' || n or (c.relname ~ '^events_to_\\d+$' and substr(c.relname, 11)::int > n)))`

/**
 * Makes what is missing for these events and for those that come next; in the transaction that writes them, which has the lock on the
 * progress. Attaching keeps nobody from reading or writing, as making a partition in its place would.
 */
export async function makePartitions(client: ClientBase, ledgers: Iterable<number>): Promise<void> {
  const parts = new Set<number>()
  for (const ledger of ledgers) {
    parts.add(partOf(ledger))
    parts.add(partOf(ledger + AHEAD))
  }
  if (parts.size === 0) return
  const { rows } = await client.query({ name: 'partitions', text: MISSING, values: [[...parts]] })
  for (const { n } of rows as { n: number }[]) {
    await client.query(`create table events_${n} (like events including all)`)
    await client.query(
      `alter table events attach partition events_${n} for values from ('${boundOf(n)}') to ('${boundOf(n + 1)}')`,
    )
  }
}
