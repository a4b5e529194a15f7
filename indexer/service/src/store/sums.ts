/** The sums that the database keeps: what they are over, whether they are right, and how they are made again. */
import type { ClientBase } from 'pg'
import { SUMS as RECORDS } from './migrations/2026_12_01_records.ts'
import { SUMS as ORACLES } from './migrations/2026_12_04_oracle_sums.ts'
import { SUMS as ACCOUNTS } from './migrations/2026_12_06_account_sums.ts'
import { SUMS as TOTALS } from './migrations/2026_12_07_bounded_reads.ts'
import { type Sums, summands } from './migrations/sums.ts'

/** By the table that holds them. */
const KEPT: ReadonlyMap<string, Sums[]> = Map.groupBy([...RECORDS, ORACLES, ...ACCOUNTS, ...TOTALS], ({ into }) => into)

export type WrongSum = { where: string; field: string; kept: string; counted: string }

/** Differences of one table that are named; where there are more, something is wrong with all. */
const NAMED = 100

/** Counts all rows. Each table is compared in a state of its own, so whoever writes meanwhile makes no difference. */
export async function wrongSums(client: ClientBase): Promise<WrongSum[]> {
  const found: WrongSum[] = []
  for (const [into, all] of KEPT) {
    const { key, values } = shapeOf(all)
    const name = `concat_ws(' ', ${key.map((column) => `coalesce(t.${column}, c.${column})`).join(', ')})`
    const side = (table: string) =>
      `array[${values.map((value) => `coalesce(${table}.${value}::text, ${none(all, value)})`).join(', ')}]`
    const { rows } = await client.query(
      `select * from (
        select ${name} as key, ${side('t')} as kept, ${side('c')} as counted
        from ${into} t full join (${counted(all)}) c on ${sameKey(key)}
      ) d where kept <> counted order by key limit ${NAMED}`,
    )
    for (const row of rows as { key: string; kept: string[]; counted: string[] }[]) {
      values.forEach((field, index) => {
        const [kept, counts] = [row.kept[index]!, row.counted[index]!]
        if (kept !== counts) found.push({ where: `${into} ${row.key}`, field, kept, counted: counts })
      })
    }
  }
  return found
}

/** In the transaction that the caller has begun, in which nobody else writes. */
export async function mendSums(client: ClientBase): Promise<void> {
  for (const [into, all] of KEPT) {
    const { key, values } = shapeOf(all)
    const columns = [...key, ...values].join(', ')
    const each = (of: (name: string) => string) => values.map(of).join(', ')
    await client.query(
      `update ${into} t set ${each((name) => `${name} = ${none(all, name)}`)}
        where not exists (select from (${counted(all)}) c where ${sameKey(key)})`,
    )
    await client.query(
      `insert into ${into} as t (${columns}) select ${columns} from (${counted(all)}) c
        on conflict (${key.join(', ')}) do update set ${each((name) => `${name} = excluded.${name}`)}
        where (${each((name) => `t.${name}`)}) is distinct from (${each((name) => `excluded.${name}`)})`,
    )
  }
}

type Shape = { key: readonly string[]; values: readonly string[] }

/** The same for all that one table holds. @returns `values`: every column but the key */
function shapeOf([first]: readonly Sums[]): Shape {
  const { key, sums, last } = first!
  return { key, values: last ? [...sums, last.column] : sums }
}

/** What all rows come to, by key; nothing where that is nothing. */
function counted(all: readonly Sums[]): string {
  const { key, sums, last } = all[0]!
  const added = sums.map((name) => `sum(${name}) as ${name}`)
  const latest = last ? [`max(${last.column}) as ${last.column}`] : []
  const rows = all.map((one) => summands(one, one.of)).join(' union all ')
  return `select ${[...key, ...added, ...latest].join(', ')} from (${rows}) d group by ${key.join(', ')}
    having ${sums.map((name) => `sum(${name}) <> 0`).join(' or ')}`
}

const sameKey = (key: readonly string[]): string => key.map((column) => `t.${column} = c.${column}`).join(' and ')

/** A key that nothing counts for may have a row all the same. */
const none = (all: readonly Sums[], name: string): string => (all[0]!.last?.column === name ? "''" : "'0'")
