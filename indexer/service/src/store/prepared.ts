/**
 * Connections that parse each statement once: it gets a name, and later requests send its values alone. Plans are made for the values
 * anew each time, since what is rare and what is common have other indexes. A transaction begins together with its first statement,
 * if that has no values: one answer of the database instead of two.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** Texts are few, but for lists of values of every length; what comes later goes without a name. */
const MOST = 500

/** The form in which Kysely asks. */
type Asked = (sql: string, values: readonly unknown[]) => Promise<pg.QueryResult>

const BEGIN = /^(begin|start transaction)\b/

/** @param pool whose every user goes through here: other settings hold for its connections */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const set = new WeakSet<pg.PoolClient>()

  function nameOf(sql: string): string | undefined {
    const known = names.get(sql)
    if (known !== undefined || names.size >= MOST || !/^\s*(select|with)\b/.test(sql)) return known
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }

  return {
    async connect(): Promise<PostgresPoolClient> {
      const client = await pool.connect()
      if (!set.has(client)) {
        try {
          await client.query('set plan_cache_mode = force_custom_plan')
        } catch (error) {
          // Whoever is refused cannot give it back.
          client.release(true)
          throw error
        }
        set.add(client)
      }
      let begin: string | null = null
      let stale = false
      const query: Asked = async (sql, values) => {
        if (BEGIN.test(sql)) {
          begin = sql
          return NOTHING
        }
        const first = begin
        begin = null
        if (first !== null && values.length === 0) {
          const results = (await client.query(`${first}; ${sql}`)) as unknown as pg.QueryResult[]
          return results.at(-1)!
        }
        if (first !== null) await client.query(first)
        const name = nameOf(sql)
        try {
          return await client.query({ text: sql, values: [...values], ...(name === undefined ? {} : { name }) })
        } catch (error) {
          // Another version of the service changed a table: the names of this connection are of the old one.
          stale ||= (error as { code?: string }).code === '0A000'
          throw error
        }
      }
      const { processID } = client as unknown as { processID?: number }
      const release = (destroy = false) => client.release(destroy || stale)
      return { query, release, processID } as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
    options: pool.options,
  }
}

const NOTHING = { command: 'BEGIN', rowCount: 0, oid: 0, fields: [], rows: [] } satisfies pg.QueryResult
