/**
 * Much data out of little: copies of the rows that the projection made of told challenges, later by whole ledgers and with other
 * numbers, as the projection would make them of the same history told later (copies.test.ts holds that). Hashes are other ones; the raw
 * XDR of events is that of the first.
 */
import type { ClientBase } from 'pg'
import { makePartitions, NOTE_ALL_PARTS } from '../store/partitions.ts'
import { LEDGER_SECONDS } from './chain.ts'

export type CopyOptions = {
  /** How many challenges there are, beginning with number 1. */
  challenges: number
  /** How far a copy is behind the one before it. */
  ledgers: number
  /** Which copies: the first of all is number 1. */
  from: number
  to: number
}

const TABLES = [
  ...['challenges', 'challenge_oracles', 'submissions', 'votes', 'payments', 'reveals', 'shares', 'places', 'rankings'],
  ...['epoch_votes', 'claims', 'best_scores', 'events'],
]

const TIMES = [
  ...[
    'opens',
    'accept_by',
    'deadline',
    'grade_by',
    'judge_by',
    'created_at',
    'cancelled_at',
    'ended_at',
    'accepted_at',
  ],
  ...['submitted_at', 'heard_at', 'decided_at', 'verdict_at', 'paid_at', 'due_from', 'at', 'closed_at'],
]

/** Made anew for each copy, so that they differ as those of other challenges do. */
export const HASHES = [
  ...['truth', 'key', 'content_hash', 'created_tx', 'accept_tx', 'submit_tx', 'verdict_tx', 'paid_tx', 'tx', 'tx_hash'],
]

/** Names of content, and what is encoded: the same in each copy. */
export const KEPT = ['cid', 'manifest', 'report', 'commitment', 'topics', 'value']

function shifted(table: string, column: string, type: string): string {
  const it = `r.${column}`
  const other = (value: string, none: string) => `case when ${it} = ${none} then ${it} else ${value} end`
  if (column === 'challenge' || (table === 'challenges' && column === 'id')) return `${it} + g * o.challenges`
  if (column === 'event_id' || column === 'id') {
    return other(
      `lpad((left(${it}, 19)::bigint + ((g * o.ledgers)::bigint << 32))::text, 19, '0') || substr(${it}, 20)`,
      `''`,
    )
  }
  if (/(^|_)ledger$/.test(column)) return other(`${it} + g * o.ledgers`, '0')
  if (TIMES.includes(column)) return other(`${it} + g::bigint * o.ledgers * ${LEDGER_SECONDS}`, '0')
  if (HASHES.includes(column)) {
    return `case when ${it} ~ '^0*$' then ${it} else md5(${it} || g) || md5(g || ${it}) end`
  }
  if (table === 'events' && column === 'data') {
    return `regexp_replace(${it}, '"challenge":\\d+', '"challenge":' || (r.challenge + g * o.challenges))`
  }
  return type === 'json' ? `${it}::json` : it
}

/** The rows of `from` are those that the projection wrote: nothing else may be in the tables. */
export async function copyChallenges(
  client: ClientBase,
  { challenges, ledgers, from, to }: CopyOptions,
): Promise<void> {
  const { rows: told } = await client.query(
    'select min(ledger) as first, max(ledger) as last from events where challenge between 1 and $1',
    [challenges],
  )
  const { first, last } = told[0] as { first: number; last: number }
  const behind = Array.from({ length: to - from + 1 }, (_, index) => (from + index) * ledgers)
  await makePartitions(client, new Set(behind.flatMap((later) => [first + later, last + later])))
  for (const table of TABLES) {
    const { rows } = await client.query(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [table],
    )
    const columns = rows as { name: string; type: string }[]
    const key = table === 'challenges' ? 'id' : 'challenge'
    await client.query(
      `insert into ${table} (${columns.map(({ name }) => `"${name}"`).join(', ')})
       select ${columns.map(({ name, type }) => shifted(table, name, type).replaceAll('r.by', 'r."by"')).join(', ')}
       from generate_series(${from}::int, ${to}::int) g, (select ${challenges}::int as challenges, ${ledgers}::int as ledgers) o, ${table} r
       where r.${key} between 1 and ${challenges}`,
    )
  }
  await client.query(NOTE_ALL_PARTS)
  await client.query(
    `update sync set events = (select count(*) from events), ledger = (select max(ledger) from events), revision = revision + 1,
       ledger_closed_at = (select closed_at from events order by id desc limit 1), last_event = (select max(id) from events)`,
  )
}
