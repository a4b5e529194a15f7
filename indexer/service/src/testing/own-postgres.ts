/** A Postgres of one test's own, which it may restart and kill: databases in it are migrated. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@stellartrain/contracts-client/testing/until'
import { type Postgres, startPostgres } from '@stellartrain/indexer-postgres'
import { migrate } from '../store/migrate.ts'
import { type IndexerDatabase, openKysely } from './database.ts'
import { withClient } from './tables.ts'

export type OwnPostgres = {
  createDatabase(): Promise<IndexerDatabase>
  /** Ends it, in order or with SIGKILL, and starts it again at the same address. One at a time. */
  restart(how: 'fast' | 'kill'): Promise<void>
  close(): Promise<void>
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'stellartrain-own-'))
  const options = { home: join(home, 'postgres'), durable: false, database: 'template' }
  let server: Postgres = await startPostgres(options)
  const { port, url } = server
  const template = openKysely(url)
  await migrate(template)
  await template.destroy()
  const named = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  let busy: Promise<unknown> = Promise.resolve()
  const admin = (sql: string) => withClient(named('postgres'), (client) => client.query(sql))
  /** Also while it is restarted. */
  const patiently = (sql: string) =>
    until(() => busy.then(() => admin(sql)).catch(() => null), { what: sql, timeout: 60_000 })

  return {
    async createDatabase() {
      const name = `d_${randomBytes(8).toString('hex')}`
      await patiently(`create database ${name} template template`)
      const db = openKysely(named(name))
      return {
        ...{ url: named(name), db },
        async drop() {
          await db.destroy()
          await patiently(`drop database if exists ${name} with (force)`)
        },
      }
    },
    restart(how) {
      const again = busy.then(async () => {
        if (how === 'kill') process.kill(server.pid, 'SIGKILL')
        else await server.stop()
        server = await startPostgres({ ...options, port })
      })
      busy = again.catch(() => {})
      return again
    },
    async close() {
      await busy
      await server.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
