/** Sums that the database keeps beside the rows that they are over, so that they are exact however rows come, change and go. */

export type Sums = {
  /** Names the function and its triggers. */
  name: string
  /** The table whose rows are added up. */
  of: string
  into: string
  /** Columns of `into`, the same names in each part. */
  key: readonly string[]
  sums: readonly string[]
  /** A row `r` of `of` counts once in each: expressions of keys and sums by column, and which rows count. What is left out is 0. */
  parts: readonly { values: Readonly<Record<string, string>>; where?: string }[]
  /** A column of `into` that is the greatest `value` of the rows of its key, '' where there are none; only with one part. */
  last?: { column: string; value: string }
}

/** The rows of `from` as keys and summands, and what the greatest is sought of. */
export function summands({ key, sums, parts, last }: Sums, from: string, sign = ''): string {
  return parts
    .map(({ values, where = 'true' }) => {
      const keys = key.map((column) => `${values[column]} as ${column}`)
      const added = sums.map((column) => `${sign}(${values[column] ?? '0'})::numeric as ${column}`)
      const latest = last ? [`${last.value} as ${last.column}`] : []
      return `select ${[...keys, ...added, ...latest].join(', ')} from ${from} r where ${where}`
    })
    .join(' union all ')
}

/** One function and a trigger for each of insert, update and delete; whole statements at once, for rows come by the thousand. */
export function keepSums(kept: Sums): string[] {
  const { name, of, into, key, sums } = kept
  const columns = [...key, ...sums].join(', ')
  const part = (rows: string, sign: string) => summands(kept, rows, sign)
  const add = (from: string) => `insert into ${into} as t (${columns})
      select ${key.join(', ')}, ${sums.map((sum) => `sum(${sum})`).join(', ')} from (${from}) d
      group by ${key.join(', ')} having ${sums.map((sum) => `sum(${sum}) <> 0`).join(' or ')}
      on conflict (${key.join(', ')}) do update set ${sums.map((sum) => `${sum} = t.${sum} + excluded.${sum}`).join(', ')};`
  const trigger = (event: string, tables: string) =>
    `create trigger ${name}_${event} after ${event} on ${of} referencing ${tables} for each statement execute function ${name}()`
  return [
    `create function ${name}() returns trigger language plpgsql as $$
    begin
      if TG_OP = 'INSERT' then ${add(part('fresh', ''))} ${noteLast(kept, 'fresh')}
      elsif TG_OP = 'UPDATE' then ${add(`${part('fresh', '')} union all ${part('gone', '-')}`)}
        ${noteLast(kept, 'fresh')} ${noteLast(kept, 'gone')}
      else ${add(part('gone', '-'))} ${noteLast(kept, 'gone')}
      end if;
      return null;
    end $$`,
    trigger('insert', 'new table as fresh'),
    trigger('update', 'new table as fresh old table as gone'),
    trigger('delete', 'old table as gone'),
    // What is there already.
    ...[add(part(of, '')), noteLast(kept, of)].filter(Boolean).map((statement) => statement.replace(/;$/, '')),
  ]
}

/** Asks the table itself, by an index, for the keys of these rows: what was the greatest may be gone. */
function noteLast({ of, into, key, parts: [part], last }: Sums, rows: string): string {
  if (!last || !part) return ''
  const { values } = part
  const keys = key.map((column) => `${values[column]} as ${column}`).join(', ')
  const same = (one: string) => key.map((column) => `t.${column} = ${one === 'r' ? values[column] : `d.${column}`}`)
  return `update ${into} t set ${last.column} =
      coalesce((select max(${last.value}) from ${of} r where ${same('r').join(' and ')}), '')
    from (select distinct ${keys} from ${rows} r) d where ${same('d').join(' and ')};`
}

export const dropSums = ({ name, of }: Pick<Sums, 'name' | 'of'>): string[] => [
  ...['insert', 'update', 'delete'].map((event) => `drop trigger ${name}_${event} on ${of}`),
  `drop function ${name}()`,
]
