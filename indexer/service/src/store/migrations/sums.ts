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
}

/** One function and a trigger for each of insert, update and delete; whole statements at once, for rows come by the thousand. */
export function keepSums({ name, of, into, key, sums, parts }: Sums): string[] {
  const columns = [...key, ...sums].join(', ')
  const part = (rows: string, sign: string) =>
    parts
      .map(({ values, where = 'true' }) => {
        const keys = key.map((column) => `${values[column]} as ${column}`)
        const added = sums.map((column) => `${sign}(${values[column] ?? '0'})::numeric as ${column}`)
        return `select ${[...keys, ...added].join(', ')} from ${rows} r where ${where}`
      })
      .join(' union all ')
  const add = (from: string) => `insert into ${into} as t (${columns})
      select ${key.join(', ')}, ${sums.map((sum) => `sum(${sum})`).join(', ')} from (${from}) d
      group by ${key.join(', ')} having ${sums.map((sum) => `sum(${sum}) <> 0`).join(' or ')}
      on conflict (${key.join(', ')}) do update set ${sums.map((sum) => `${sum} = t.${sum} + excluded.${sum}`).join(', ')};`
  const trigger = (event: string, tables: string) =>
    `create trigger ${name}_${event} after ${event} on ${of} referencing ${tables} for each statement execute function ${name}()`
  return [
    `create function ${name}() returns trigger language plpgsql as $$
    begin
      if TG_OP = 'INSERT' then ${add(part('fresh', ''))}
      elsif TG_OP = 'UPDATE' then ${add(`${part('fresh', '')} union all ${part('gone', '-')}`)}
      else ${add(part('gone', '-'))}
      end if;
      return null;
    end $$`,
    trigger('insert', 'new table as fresh'),
    trigger('update', 'new table as fresh old table as gone'),
    trigger('delete', 'old table as gone'),
    // What is there already.
    add(part(of, '')).replace(/;$/, ''),
  ]
}

export const dropSums = ({ name, of }: Pick<Sums, 'name' | 'of'>): string[] => [
  ...['insert', 'update', 'delete'].map((event) => `drop trigger ${name}_${event} on ${of}`),
  `drop function ${name}()`,
]
