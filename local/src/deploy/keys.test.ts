/** `npm run keys` makes what the services accept, once, for its owner's eyes. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Keypair } from '@stellar/stellar-sdk'
import { OPTIONS as indexer } from '@stellartrain/indexer-service'
import { OPTIONS as ipfs } from '@stellartrain/ipfs-node'
import { OPTIONS as oracle } from '@stellartrain/oracle-service'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)

test('each secret has the shape that its service wants, and the second time changes nothing', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'stellartrain-keys-')), 'secrets')
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true }))
  const keys = () => run(process.execPath, [join(ROOT, 'deploy/images/keys.js'), folder])
  const { stdout } = await keys()
  const read = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8').trim()]))
  const made = read()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(oracle.secretKey.parse(made.oracle_key!)).toBe(made.oracle_key)
  expect(ipfs.secretKey.parse(made.session_key!)).toBe(made.session_key)
  expect(indexer.dbUrl.parse(made.database_url!)).toContain(`:${made.postgres_password}@postgres:5432/`)
  expect(Keypair.fromSecret(made.oracle_key!).publicKey()).toBe(made.oracle_address)
  for (const [name, value] of Object.entries(made)) if (name !== 'oracle_address') expect(stdout).not.toContain(value)

  // A file that a power cut left empty is made again; the others stay.
  rmSync(join(folder, 'grafana_password'))
  writeFileSync(join(folder, 'grafana_password'), '')
  await keys()
  const { grafana_password: old, ...kept } = made
  expect(read()).toMatchObject(kept)
  expect(read().grafana_password).toMatch(/^[0-9a-f]{24}$/)
  expect(old).not.toBe(read().grafana_password)
})

test('it makes every secret that the compose file mounts', async () => {
  const { secrets } = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')) as {
    secrets: Record<string, unknown>
  }
  const source = readFileSync(join(ROOT, 'deploy/images/keys.js'), 'utf8')
  for (const name of Object.keys(secrets)) expect(source).toContain(`  ${name}: `)
})
