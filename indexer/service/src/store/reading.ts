/**
 * The tables in one state, for as long as somebody reads it: a transaction that only reads. Unlike a transaction of Kysely it lets
 * statements be asked before those before them are answered.
 */
import { CompiledQuery, type DatabaseConnection, type Kysely, type KyselyProps, Transaction } from 'kysely'
import type { Database } from './database.ts'

export type Reading = {
  db: Kysely<Database>
  /** Gives the connection back. What is asked afterwards is refused. */
  end(): void
}

const BEGIN = CompiledQuery.raw('start transaction isolation level repeatable read, read only')
const END = CompiledQuery.raw('rollback')

export async function beginReading(db: Kysely<Database>): Promise<Reading> {
  const executor = db.getExecutor()
  const got = Promise.withResolvers<DatabaseConnection>()
  const over = Promise.withResolvers<void>()
  let ended = false
  executor
    .provideConnection(async (connection) => {
      await connection.executeQuery(BEGIN)
      got.resolve(connection)
      await over.promise
      // Nothing was written: nobody waits for it, and a connection that is lost has no transaction.
      await connection.executeQuery(END).catch(() => {})
    })
    .catch(got.reject)
  const connection = await got.promise
  const ours = executor.withConnectionProvider({
    async provideConnection(consumer) {
      if (ended) throw new Error('what was read has ended')
      return consumer(connection)
    },
  })
  // Only an executor is used of these by what reads.
  const props = { config: {}, driver: {}, dialect: {}, executor: ours } as unknown as KyselyProps
  return {
    db: new Transaction<Database>(props),
    end() {
      ended = true
      over.resolve()
    },
  }
}
