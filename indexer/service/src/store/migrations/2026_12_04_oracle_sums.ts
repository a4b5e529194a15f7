/** What oracles did in all challenges, kept instead of counted: an oracle may have thousands of seats. */
import { type Kysely, sql } from 'kysely'
import { dropSums, keepSums, type Sums } from './sums.ts'

const COUNTS = ['votes', 'unavailable', 'agreed', 'disagreed', 'missing'] as const
const FOLDED = COUNTS.map((count) => `folded_${count}`)
const COLUMNS = [...COUNTS, 'open', 'accepted', 'folded', ...FOLDED]

export const SUMS: Sums = {
  ...{ name: 'keep_oracle_sums', of: 'challenge_oracles', into: 'oracle_sums', key: ['address'], sums: COLUMNS },
  parts: [
    {
      values: {
        address: 'r.address',
        ...Object.fromEntries([...COUNTS, 'open', ...FOLDED].map((count) => [count, `r.${count}`])),
        accepted: '(r.key_version > 0)::int',
        folded: 'r.folded::int',
      },
    },
  ],
}

const UP = [
  `create table oracle_sums (address text primary key, ${COLUMNS.map((name) => `${name} bigint not null default 0`).join(', ')})`,
  ...keepSums(SUMS),
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...dropSums(SUMS), 'drop table oracle_sums']) await sql.raw(statement).execute(db)
}
