/** The process that keeps the Postgres of one test run: ends it, and removes its folder, when the run has ended or says so. */
import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alive } from './pidfile.ts'
import { type Postgres, startPostgres } from './start.ts'

const [home, run] = process.argv.slice(2)
if (home === undefined || run === undefined) throw new Error('usage: test-server.ts HOME PID')

async function say(text: string): Promise<void> {
  await writeFile(join(home!, 'saying'), text, { mode: 0o600 })
  await rename(join(home!, 'saying'), join(home!, 'said'))
}

let postgres: Postgres | undefined
try {
  postgres = await startPostgres({ home: join(home, 'postgres'), durable: false, database: 'postgres' })
  await say(postgres.url)
} catch (error) {
  await say(String(error))
}
const end = join(home, 'end')
while (!existsSync(end) && (await alive(Number(run)))) await new Promise((done) => setTimeout(done, 100))
await postgres?.stop()
await rm(home, { recursive: true, force: true })
