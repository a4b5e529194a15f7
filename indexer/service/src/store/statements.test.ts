/**
 * Every statement that the service writes out as text, prepared against the migrated tables: one that names a table or a column that is
 * there no more fails here, whether or not another test sends it. They are found in the sources, so nobody has to list them.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIndexerDatabase, type IndexerDatabase } from '../testing/database.ts'
import { type Samples, sqlTexts } from '../testing/sql-texts.ts'
import { withClient } from '../testing/tables.ts'
import { lastEventSql } from './partitions.ts'
import { mendSums, wrongSums } from './sums.ts'
import * as tables from './tables.ts'

const SOURCES = fileURLToPath(new URL('../', import.meta.url))

/** What was right for the tables of its time, what is a test's, and what puts all of a statement together: that is sent below. */
const LEFT_OUT = /\.(?:test|main)\.ts$|^testing\/|^store\/migrations\/|^store\/(?:sums|bulk)\.ts$|^version\.ts$/

/** For each file what stands for expressions in its statements, once for each way that they can be. */
const SAMPLES: Readonly<Record<string, Samples | readonly Samples[]>> = {
  'api/read/accounts.ts': [
    { only: 'true', beyond: 'true', "sql.raw(back ? 'desc' : '')": '', "sql.raw(back ? '<' : '>')": '>' },
    {
      only: "k.oracle = ''",
      beyond: "k.oracle < ''",
      "sql.raw(back ? 'desc' : '')": 'desc',
      "sql.raw(back ? '<' : '>')": '<',
    },
  ],
  'api/read/leaderboard.ts': {
    placed: 'select place from places p where true',
    "part === 'placed' ? sql` and p.place <= ${by}::int` : sql``": ' and p.place <= 1',
  },
  'api/read/search.ts': { "speaks('f')": "(f.words @@ to_tsquery('simple', 'word:*') or 'word' <% f.search)" },
  'enrich/queue.ts': [
    { 'sql.table(queue)': 'manifests', 'sql.ref(TABLES[queue])': 'cid' },
    { 'sql.table(queue)': 'assets', 'sql.ref(TABLES[queue])': 'contract' },
  ],
  'store/commit.ts': [
    {
      "closedAtWhere('sync.ledger < $2::int', '$3::bigint')": '$3',
      "closedAtWhere('ledger < $3', '$4')": '$4::bigint',
      table: 'manifests',
      key: 'cid',
    },
    {
      "closedAtWhere('sync.ledger < $2::int', '$3::bigint')": '$3',
      "closedAtWhere('ledger < $3', '$4')": '$4::bigint',
      table: 'assets',
      key: 'contract',
    },
  ],
  'store/load.ts': [
    { table: 'oracle_keys', key: 'oracle', order: 'oracle, version', list: 'votes', by: 'number' },
    { table: 'challenges', key: 'id', order: 'id', list: 'votes', by: 'number' },
    ...[
      ['challenge_oracles', 'challenge, place'],
      ['places', 'challenge, list, place'],
      ['rankings', 'event_id'],
      ['epoch_votes', 'event_id'],
      ['claims', 'event_id'],
      ['reveals', 'challenge, by'],
      ['shares', 'challenge'],
    ].map(([table = '', order = '']) => ({ table, key: 'challenge', order, list: table, by: order })),
  ],
  'store/replace.ts': [
    ...['challenge_oracles', 'submissions', 'votes', 'payments', 'reveals', 'shares', 'places', 'rankings'],
    ...['epoch_votes', 'claims', 'best_scores'],
  ].map((table) => ({ table })),
  'sync/records.ts': [
    { which: 'records', again: 'records_verified = null, ' },
    { which: 'recount', again: '' },
  ],
  'verify/solver-records.ts': {
    "COUNTS.map((name) => `${name}::int`).join(', ')": 'wins::int',
    "COUNTS.map((name) => `coalesce(max(${name}), 0)::int as ${name}`).join(', ')": 'max(wins) as wins',
    "COUNTS.join(', ')": 'submissions, scored, rejected, unavailable, unsettled, void, wins',
    "COUNTS.map((_, index) => `$${index + 5}`).join(', ')": '$5, $6, $7, $8, $9, $10, $11',
  },
  'verify/look.ts': { "lastEventSql('ledger', '$1::bigint')": lastEventSql('ledger', '$1::bigint') },
  'verify/sweep.ts': {
    "lastEventSql('ledger', 'w.id')": lastEventSql('ledger', 'w.id'),
    "lastEventSql('ledger', '$1::bigint')": lastEventSql('ledger', '$1::bigint'),
  },
  'verify/watch.ts': {
    "lastEventSql('id', 'c.id')": lastEventSql('id', 'c.id'),
    "everything ? '' : `and (${MAY_CHANGE} or ${CHANGED})`": '',
  },
  'webhooks/deliver.ts': { "laneOf('e')": "'quick'", "paceSql('$2')": '$2::int' },
}

const none: Samples = {}
const FOUND = globSync('**/*.ts', { cwd: SOURCES })
  .filter((path) => !LEFT_OUT.test(path))
  .sort()
  .flatMap((path) => {
    const source = readFileSync(join(SOURCES, path), 'utf8')
    const ways = [SAMPLES[path] ?? none].flat()
    return ways.flatMap((samples) =>
      sqlTexts(source, samples).map(({ line, text }) => ({ where: `${path}:${line}`, text })),
    )
  })

let database: IndexerDatabase
beforeAll(async () => {
  database = await createIndexerDatabase()
})
afterAll(() => database?.drop())

test('every statement can be prepared', () =>
  withClient(database.url, async (client) => {
    // Fewer would mean that they are not found any more.
    expect(FOUND.length).toBeGreaterThan(140)
    const refused: string[] = []
    for (const { where, text } of FOUND) {
      const reason = await refusal(client, text)
      if (reason !== null) refused.push(`${where}: ${reason}`)
    }
    expect(refused).toEqual([])
  }))

test('every table that is written has these columns and this key', () =>
  withClient(database.url, async (client) => {
    const written = Object.values(tables).filter(
      (one) => typeof one === 'object' && 'columns' in one,
    ) as tables.Table<never>[]
    for (const { name, key, columns } of written) {
      const names = columns.map(([column]) => column).join(', ')
      const text = `insert into ${name} (${names}) select ${names} from ${name} on conflict (${key.join(', ')}) do nothing`
      expect(await refusal(client, text), name).toBeNull()
    }
  }))

test('sums are compared and mended in tables that exist', () =>
  withClient(database.url, async (client) => {
    expect(await wrongSums(client)).toEqual([])
    await mendSums(client)
  }))

test('what names a table or a column that does not exist is refused', () =>
  withClient(database.url, async (client) => {
    const [gone, other, fine] = sqlTexts(
      [
        'const OF = `challenge = #1`',
        "ask('select wins from accounts')",
        'ask(`select wins from votes where #{OF}`)',
        'sql<{ at: number }>`select at from votes where #{OF} and at > #{now}`',
      ]
        .join('\n')
        .replaceAll('#', '$'),
    )
    expect(await refusal(client, gone!.text)).toContain('relation "accounts" does not exist')
    expect(await refusal(client, other!.text)).toContain('column "wins" does not exist')
    expect(fine).toEqual({ line: 4, text: 'select at from votes where challenge = $1 and at > $1' })
    expect(await refusal(client, fine!.text)).toBeNull()
  }))

async function refusal(client: Client, text: string): Promise<string | null> {
  try {
    await client.query(`prepare one as ${text}`)
    await client.query('deallocate one')
    return null
  } catch (error) {
    return (error as Error).message
  }
}
