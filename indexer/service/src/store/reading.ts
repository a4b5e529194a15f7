/**
 * The tables in one state, for as long as somebody reads it: a transaction that only reads. Unlike a transaction of Kysely it lets
 * statements be asked before those before them are answered.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Kysely,
  type KyselyProps,
  type QueryResult,
  Transaction,
} from 'kysely'
import type { Database } from './database.ts'

export type Reading = {
  db: Kysely<Database>
  /** Gives the connection back, once all who share it have. What is asked afterwards is refused. */
  end(): void
  /** The same state for somebody else, who ends it on their own. */
  shared(): Reading
}

const BEGIN = CompiledQuery.raw('start transaction isolation level repeatable read, read only')
const END = CompiledQuery.raw('rollback')

export async function beginReading(db: Kysely<Database>): Promise<Reading> {
  const executor = db.getExecutor()
  const got = Promise.withResolvers<DatabaseConnection>()
  const over = Promise.withResolvers<void>()
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
  let readers = 0
  const reader = (): Reading => {
    readers += 1
    let ended = false
    const open = () => {
      if (ended) throw new Error('what was read has ended')
      return connection
    }
    const ours = executor.withConnectionProvider({ provideConnection: async (consumer) => consumer(open()) })
    // To the connection at once: what an executor does around it is for connections that it has to get.
    ours.executeQuery = async <Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>> =>
      open().executeQuery<Row>(query)
    // Only an executor is used of these by what reads.
    const props = { config: {}, driver: {}, dialect: {}, executor: ours } as unknown as KyselyProps
    return {
      db: new Transaction<Database>(props),
      end() {
        if (ended) return
        ended = true
        readers -= 1
        if (readers === 0) over.resolve()
      },
      shared: reader,
    }
  }
  return reader()
}
