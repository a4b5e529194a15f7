/** Runs the database as a service of its own, so that it is supervised, restarted and adopted like the others. */
import { startPostgres } from '@stellartrain/indexer-postgres'

const { POSTGRES_HOME, PORT = '0' } = process.env
if (!POSTGRES_HOME) {
  console.error('Set POSTGRES_HOME to the folder of the database.')
  process.exit(2)
}
try {
  const database = await startPostgres({ home: POSTGRES_HOME, port: Number(PORT) })
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping = true
      database.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
  // The server is watched by its process id, which works for an adopted one as well.
  setInterval(() => {
    if (stopping) return
    try {
      process.kill(database.pid, 0)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EPERM') return
      console.error('The database server is gone.')
      process.exit(1)
    }
  }, 200)
  console.log(JSON.stringify({ event: 'ready', url: database.url }))
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
