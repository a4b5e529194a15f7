/** The operator's commands, as one runs them: a key and settings, a start, what there is to see to, a new key version, an asset, money. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { view, views } from '@stellartrain/contracts-client'
import { cidFromChain, fetchCid } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../cli/commands.ts'
import { startProcess } from './process.ts'
import { startWorld, type World } from './world.ts'

let world: World
let home: string
beforeAll(async () => {
  world = await startWorld()
  home = await mkdtemp(join(tmpdir(), 'oracle-kit-'))
})
afterAll(async () => {
  await world?.close()
  await rm(home, { recursive: true, force: true })
})

async function command(name: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const io = {
    env: {},
    out(text: string) {
      said.out += text
    },
    err(text: string) {
      said.err += text
    },
  }
  return { code: await runCommand(name, args, io), ...said }
}

test('an oracle is made, run, looked at, given a new key and an asset, and paid out', async () => {
  const folder = join(home, 'one')
  const at = ['--home', folder]
  const wrong = await command('init', ...at, '--network', 'local', '--ipfs', 'nowhere')
  expect([wrong.code, wrong.out]).toEqual([2, ''])
  for (const name of ['CONTRACT_ADDRESS', 'IPFS_URL']) expect(wrong.err).toContain(name)

  const network = ['--network', 'local', '--rpc', world.devnet.rpcUrl]
  const profile = [
    '--name',
    'Example Labs',
    '--website',
    'https://example.org',
    '--description',
    "Two people's machine",
  ]
  const place = ['--contract', world.contract, '--ipfs', world.ipfs.url]
  const nowhere = 'http://127.0.0.1:9/rpc'
  const deaf = await command('init', ...at, '--network', 'local', '--rpc', nowhere, ...place)
  expect([deaf.code, deaf.out]).toEqual([1, ''])
  expect(deaf.err).toContain('127.0.0.1:9;')
  expect(existsSync(folder)).toBe(false)
  const made = await command('init', ...at, ...network, ...place, ...profile)
  expect([made.code, made.err]).toEqual([0, ''])
  const secret = (await readFile(join(folder, 'oracle.key'), 'utf8')).trim()
  const address = Keypair.fromSecret(secret).publicKey()
  expect(made.out).toContain(address)
  expect(made.out).toContain(`Next: npx stellartrain-oracle run --home ${folder}\n`)
  expect(made.out).not.toContain(secret)
  expect((await stat(join(folder, 'oracle.key'))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(folder, 'oracle.env'), 'utf8')).not.toContain(secret)
  expect((await command('init', ...at, ...network, ...place)).code).toBe(2)

  const before = await command('status', ...at)
  expect(before.code).toBe(1)
  expect(before.out).toContain('not registered')

  const running = await startProcess({ PORT: '0' }, ['run', ...at])
  try {
    await expect.poll(async () => (await fetch(`${running.url}/ready`)).status).toBe(200)
    const seen = await command('status', ...at, '--json')
    expect([seen.code, JSON.parse(seen.out).troubles]).toEqual([0, []])
    const metadata = async () => {
      const { versions } = await view(world.chain, views.oracle({ oracle: address }))
      const known = await view(world.chain, views.oracleKey({ oracle: address, version: versions }))
      const bytes = await fetchCid(cidFromChain(known.metadata), {
        gateways: [world.ipfs.url, running.url],
        maxBytes: 10_000,
      })
      return { versions, ...(JSON.parse(Buffer.from(bytes).toString()) as { name: string; website: string }) }
    }
    expect(await metadata()).toMatchObject({ versions: 1, name: 'Example Labs', website: 'https://example.org' })

    const rotated = await command('rotate-key', ...at)
    expect([rotated.code, rotated.err]).toEqual([0, ''])
    expect(await metadata()).toMatchObject({ versions: 2, name: 'Example Labs' })
    const version = async () =>
      ((await (await fetch(`${running.url}/status`)).json()) as { keyVersion: number }).keyVersion
    await expect.poll(version).toBe(2)

    const issuer = await world.person()
    expect((await command('trust', `GOLD:${issuer.publicKey()}`, ...at)).code).toBe(0)
    expect((await command('trust', 'GOLD', ...at)).code).toBe(2)
    expect((await command('withdraw', ...at)).out).toContain('no fees')
    const sent = await command('withdraw', '--to', issuer.publicKey(), '--amount', '1.5', ...at)
    expect([sent.code, sent.err]).toEqual([0, ''])
  } finally {
    await running.kill()
  }
  const after = await command('status', ...at)
  expect(after.code).toBe(1)
  expect(after.out).toContain('Nothing answers')
})

test('without test money the key is kept, and the same command with another friendbot ends it', async () => {
  const at = ['--home', join(home, 'two'), '--network', 'local', '--rpc', world.devnet.rpcUrl]
  const rest = ['--contract', world.contract, '--ipfs', world.ipfs.url, '--url', 'http://localhost:47811']
  const poor = await command('init', ...at, ...rest, '--friendbot', 'http://127.0.0.1:9/money')
  expect(poor.code).toBe(1)
  expect(poor.err).toContain('127.0.0.1:9 ')
  const key = await readFile(join(home, 'two', 'oracle.key'), 'utf8')
  const made = await command('init', ...at, ...rest)
  expect([made.code, made.err]).toEqual([0, ''])
  expect(made.out).toContain(Keypair.fromSecret(key.trim()).publicKey())
  expect(await readFile(join(home, 'two', 'oracle.key'), 'utf8')).toBe(key)
  // It listens where it says that it is.
  expect(await readFile(join(home, 'two', 'oracle.env'), 'utf8')).toContain('PORT=47811\n')
})
