/** What a page reads: the buffers of all of its statements, as EXPLAIN counts them. */
import type { Kysely } from 'kysely'
import type { Client } from 'pg'
import type { Database } from '../store/database.ts'
import { openLogged, type Statement } from './database.ts'

export type Statements = {
  db: Kysely<Database>
  /** The statements that were sent since the last call. */
  take(): Statement[]
}

export function statements(url: string): Statements {
  let asked: Statement[] = []
  const db = openLogged(url, (statement) => void asked.push(statement))
  return {
    db,
    take() {
      const taken = asked
      asked = []
      return taken
    },
  }
}

/** Plans and runs them again, in one transaction. */
export async function buffersOf(client: Client, asked: readonly Statement[]): Promise<number> {
  let sum = 0
  await client.query('begin')
  for (const { sql, parameters } of asked.filter(({ sql }) => /^\s*(select|with)/.test(sql))) {
    // Settings of a transaction are part of what is asked.
    if (sql.includes('set_config')) await client.query(sql, [...parameters])
    const { rows } = await client.query(`explain (analyze, buffers, format json) ${sql}`, [...parameters])
    const { Plan: plan } = rows[0]['QUERY PLAN'][0]
    sum += plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
  }
  await client.query('rollback')
  return sum
}
