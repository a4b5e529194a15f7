/** Cold and warm start of `npm start`, until every page is there, beside Postgres and the IPFS node started alone in the same run. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LOCAL_PASSPHRASE } from '@stellartrain/contracts-client'
import { buildDapp, isStale } from '@stellartrain/dapp'
import { startPostgres } from '@stellartrain/indexer-postgres'
import { startIpfs } from '@stellartrain/ipfs-node'
import { figure } from '../src/figure.ts'

const START = fileURLToPath(new URL('../src/start.ts', import.meta.url))
const free = { DAPP_PORT: '0', API_PORT: '0', ORACLE_PORT: '0', IPFS_PORT: '0', RPC_PORT: '0' }

/** Seconds from the command to the table of URLs; then Ctrl-C. */
function startOnce(home: string): Promise<number> {
  return new Promise((done, fail) => {
    const since = performance.now()
    let seconds = 0
    let said = ''
    const child = spawn(process.execPath, [START], { env: { ...process.env, ...free, STELLARTRAIN_HOME: home } })
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (seconds > 0 || !said.includes('State and logs')) return
      seconds = (performance.now() - since) / 1000
      child.kill('SIGINT')
    })
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.on('exit', () => (seconds > 0 ? done(seconds) : fail(new Error(said))))
  })
}

async function aloneOnce(home: string): Promise<number> {
  const since = performance.now()
  const [postgres, ipfs] = await Promise.all([
    startPostgres({ home: join(home, 'postgres') }),
    startIpfs({ home: join(home, 'ipfs'), networkPassphrase: LOCAL_PASSPHRASE }),
  ])
  const seconds = (performance.now() - since) / 1000
  await Promise.all([postgres.stop(), ipfs.close()])
  return seconds
}

const folders = ['ours', 'alone'].map((name) => mkdtempSync(join(tmpdir(), `stellartrain-bench-${name}-`)))
const [ours, alone] = folders as [string, string]
try {
  if (await isStale()) await buildDapp() // a build is part of an installation, not of each start
  for (const what of ['cold start', 'warm start']) {
    const reference = await aloneOnce(alone)
    const seconds = await startOnce(ours)
    figure(
      { bench: 'start', what, ours: seconds, unit: 's' },
      { name: 'Postgres and the IPFS node alone, in one process', value: reference, better: 'less' },
    )
  }
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
