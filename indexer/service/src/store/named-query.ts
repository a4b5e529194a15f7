/**
 * A statement with a name, whose columns are described once a connection: afterwards Postgres sends its rows alone. A statement whose
 * columns have changed since is refused by Postgres itself (0A000). Reaches into pg, whose version is fixed; named-query.test.ts holds
 * what is relied on.
 */
import pg from 'pg'

/** What pg makes of a description. */
type Columns = { fields: pg.FieldDef[]; _parsers: unknown; _prebuiltEmptyResultObject: unknown }
type Connection = { describe(what: object): void; parsedStatements: Record<string, string> }
/** The parts of pg's query that are not in its types. */
type Inner = {
  name: string
  _result: Columns
  _accumulateRows: unknown
  prepare(connection: Connection): void
  handleRowDescription(message: unknown): void
}

type Known = { columns: Map<string, Columns>; undescribed: Connection }

const known = new WeakMap<Connection, Known>()

function knownOf(connection: Connection): Known {
  let found = known.get(connection)
  if (!found) {
    const undescribed: Connection = Object.create(connection, { describe: { value: () => {} } })
    found = { columns: new Map(), undescribed }
    known.set(connection, found)
  }
  return found
}

const { prepare, handleRowDescription } = pg.Query.prototype as unknown as Inner

class NamedQuery extends pg.Query {
  #on: Known | undefined

  prepare(connection: Connection): void {
    const inner = this as unknown as Inner
    this.#on = knownOf(connection)
    const columns = connection.parsedStatements[inner.name] === undefined ? undefined : this.#on.columns.get(inner.name)
    if (!columns) {
      prepare.call(this, connection)
      return
    }
    Object.assign(inner._result, columns)
    inner._accumulateRows = true
    prepare.call(this, this.#on.undescribed)
  }

  handleRowDescription(message: unknown): void {
    const inner = this as unknown as Inner
    handleRowDescription.call(this, message)
    const { fields, _parsers, _prebuiltEmptyResultObject } = inner._result
    this.#on?.columns.set(inner.name, { fields, _parsers, _prebuiltEmptyResultObject })
  }
}

/** @param client in pipeline mode */
export function askNamed(
  client: pg.PoolClient,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    // Of a text alone pg makes no copy, which takes longer than the rest.
    const query = new NamedQuery(text, [...values])
    const callback = (error: Error | null, result: pg.QueryResult) => (error ? reject(error) : resolve(result))
    client.query(Object.assign(query, { name, callback }) as pg.Submittable)
  })
}
