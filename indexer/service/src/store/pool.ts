/** Connections to the database whose loss is an error of the query at hand, never the end of the process. */
import pg, { Client } from 'pg'

export function openPool(dbUrl: string, options: Omit<pg.PoolConfig, 'connectionString'>): pg.Pool {
  const pool = new pg.Pool({ connectionString: dbUrl, connectionTimeoutMillis: 5_000, keepAlive: true, ...options })
  // Of a connection that is idle the pool hears itself, of one that is in use only who holds it.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** One connection for one piece of work. */
export async function withClient<T>(dbUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: dbUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
