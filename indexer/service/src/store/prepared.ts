/**
 * Connections for many short reads. Each statement is parsed once: it gets a name, and later requests send its values alone; plans are
 * made for the values anew each time, since what is rare and what is common have other indexes. What is asked in one turn of the event
 * loop leaves in one packet, and nobody waits for the answer before it asks the next. A transaction begins together with its first
 * statement, in one question if that has no values, and one that only reads ends together with what its connection is asked next, or a
 * moment later.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { askNamed } from './named-query.ts'
import { openPool } from './pool.ts'

/** Texts are few, but for lists of values of every length; what comes later goes without a name. */
const MOST = 500
/** How long a snapshot that nobody reads any more may last, in milliseconds. */
const MOST_IDLE_MS = 20

/** The form in which Kysely asks. */
type Asked = (sql: string, values: readonly unknown[]) => Promise<pg.QueryResult>

const BEGIN = /^(begin|start transaction)\b/
const READS_ONLY = /\bread only\b/

export const openPrepared = (dbUrl: string, options: Omit<pg.PoolConfig, 'connectionString'>): PostgresPool =>
  preparing(openPool(dbUrl, { ...options, pipeline: true }))

/** @param pool of connections that take a statement before the last one has ended, and whose every user goes through here */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const lines = new WeakMap<pg.PoolClient, Line>()

  function nameOf(sql: string): string | undefined {
    const known = names.get(sql)
    if (known !== undefined || names.size >= MOST || !/^\s*(select|with)\b/.test(sql)) return known
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }

  async function lineOf(client: pg.PoolClient): Promise<Line> {
    const known = lines.get(client)
    if (known) return known
    try {
      await client.query('set plan_cache_mode = force_custom_plan')
    } catch (error) {
      // Whoever is refused cannot give it back.
      client.release(true)
      throw error
    }
    const line = createLine(client)
    lines.set(client, line)
    return line
  }

  return {
    async connect(): Promise<PostgresPoolClient> {
      const client = await pool.connect()
      const line = await lineOf(client)
      /** Not sent yet. */
      let begin: string | null = null
      let open: { readsOnly: boolean; begun: Promise<unknown> } | null = null
      let stale = false
      const query: Asked = async (sql, values) => {
        if (BEGIN.test(sql)) {
          begin = sql
          return NOTHING
        }
        const ends = sql === 'rollback' || sql === 'commit'
        if (ends && begin !== null) {
          begin = null
          return NOTHING
        }
        if (sql === 'rollback' && open?.readsOnly) {
          open = null
          line.endSoon()
          return NOTHING
        }
        line.together()
        const name = nameOf(sql)
        if (begin !== null && name !== undefined && values.length === 0) {
          const asked = line.sendAll(begin, name, sql)
          open = { readsOnly: READS_ONLY.test(begin), begun: asked }
          begin = null
          return await asked.catch((error) => {
            // Whether it has the statement now is not known.
            stale = true
            throw error
          })
        }
        if (begin !== null) {
          open = { readsOnly: READS_ONLY.test(begin), begun: line.send(begin) }
          // Whoever asks in it is told.
          open.begun.catch(() => {})
          begin = null
        }
        const begun = open?.begun
        if (ends) open = null
        try {
          const asked = name === undefined ? line.send({ text: sql, values: [...values] }) : line.ask(name, sql, values)
          // Without its transaction an answer is of another state.
          if (begun) await Promise.all([asked, begun])
          return await asked
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

/** What is sent on one connection, whoever has it at the moment. */
type Line = {
  /** Holds back what is sent in this turn of the event loop, until its end. */
  together(): void
  send(query: string | pg.QueryConfig): Promise<pg.QueryResult>
  /** By its name, which it gets the first time. */
  ask(name: string, sql: string, values: readonly unknown[]): Promise<pg.QueryResult>
  /** Begins a transaction with a statement without values. @returns its rows */
  sendAll(begin: string, name: string, sql: string): Promise<pg.QueryResult>
  /** Ends the transaction that is open. */
  endSoon(): void
}

function createLine(client: pg.PoolClient): Line {
  const { connection } = client as unknown as { connection: { stream: { cork(): void; uncork(): void } } }
  /** Statements that were prepared in SQL, which have names of their own. */
  const prepared = new Set<string>()
  let held = false
  let owed = false
  let timer: NodeJS.Timeout | undefined
  const end = () => {
    if (!owed) return
    owed = false
    // A connection that is lost has no transaction any more.
    client.query('rollback').catch(() => {})
  }
  /** Begins with the end of what was before. */
  function ending(query: string): string {
    if (!owed) return query
    owed = false
    return `rollback; ${query}`
  }
  return {
    together() {
      if (held) return
      held = true
      const { stream } = connection
      stream.cork()
      setImmediate(() => {
        held = false
        stream.uncork()
      })
    },
    send(query) {
      if (typeof query === 'string') return client.query(ending(query))
      end()
      return client.query(query)
    },
    ask(name, sql, values) {
      end()
      return askNamed(client, name, sql, values)
    },
    async sendAll(begin, name, sql) {
      const prepare = prepared.has(name) ? '' : `prepare first_${name} as ${sql}; `
      const results = (await client.query(ending(`${begin}; ${prepare}execute first_${name}`))) as unknown
      prepared.add(name)
      return (results as pg.QueryResult[]).at(-1)!
    },
    endSoon() {
      owed = true
      timer ??= setTimeout(end, MOST_IDLE_MS)
      timer.refresh()
    },
  }
}

const NOTHING = { command: 'BEGIN', rowCount: 0, oid: 0, fields: [], rows: [] } satisfies pg.QueryResult
