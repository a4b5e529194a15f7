/** The operator's commands, as one runs them: a key and settings, a start, what there is to see to, a new key version, an asset, money. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { view, views } from '@stellartrain/contracts-client'
import { cidFromChain, fetchCid } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Status } from '../api/status.ts'
import { runCommand } from '../cli/commands.ts'
import { startOracle } from '../oracle.ts'
import { TRUTH } from './data.ts'
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

/** The last argument may be the environment. */
async function command(
  name: string,
  ...given: (string | Record<string, string>)[]
): Promise<{ code: number; out: string; err: string }> {
  const args = given.filter((one) => typeof one === 'string')
  const env = given.find((one) => typeof one === 'object') ?? {}
  const said = { out: '', err: '' }
  const io = {
    env,
    cwd: home,
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
  for (const name of ['--contract is required', '--ipfs must be', 'Beside a running `npm start`'])
    expect(wrong.err).toContain(name)
  for (const name of ['status', 'rotate-key', 'withdraw']) {
    const none = await command(name, ...at)
    expect([none.code, none.err], name).toEqual([2, expect.stringMatching(/^There is no oracle in .*init.*--home.\n$/)])
  }

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
    const gold = `GOLD:${issuer.publicKey()}`
    const trusted = await command('trust', gold, ...at, '--json')
    expect(JSON.parse(trusted.out)).toEqual({ oracle: address, asset: gold, hash: expect.any(String) })
    expect((await command('trust', gold, ...at)).out).toContain('already; nothing was sent')
    expect((await command('trust', 'GOLD', ...at)).code).toBe(2)
    expect((await command('withdraw', ...at)).out).toContain('no fees')
    const sent = await command('withdraw', '--to', issuer.publicKey(), '--amount', '1.5', ...at)
    expect([sent.code, sent.err]).toEqual([0, ''])
    await refusals(at, issuer.publicKey(), gold)
  } finally {
    await running.kill()
  }
  const after = await command('status', ...at)
  expect(after.code).toBe(1)
  expect(after.out).toContain('Nothing answers')
})

const NOBODY = Keypair.random().publicKey()

/** What the ledger would refuse is found before it costs a fee; each is one sentence, and one object with `--json`. */
async function refusals(at: string[], somebody: string, gold: string): Promise<void> {
  const send = (to: string, amount: string, ...more: string[]) => ['withdraw', '--to', to, '--amount', amount, ...more]
  const balance = async () => JSON.parse((await command('status', ...at, '--json')).out).facts.balance
  const before = await balance()
  for (const [call, code, says] of [
    [send(somebody, '9999999'), 'no_funds', 'can send at most 9'],
    [send(NOBODY, '0.5'), 'no_account', 'at least 1 XLM'],
    [send(NOBODY, '1', '--asset', gold), 'no_funds', 'can send at most 0 GOLD'],
    [send(somebody, '1', '--asset', `SILVER:${somebody}`), 'no_trustline', 'no trustline for SILVER'],
    [['trust', `GOLD:${NOBODY}`], 'not_found', 'issuer'],
    [['withdraw', '--challenge', '999'], 'NoChallenge', 'no challenge'],
    [send(somebody, '0'), 'usage', 'more than 0'],
    [send('nobody', '1'), 'usage', '--to is an account'],
    [['withdraw', '--asset', gold], 'usage', '--to and --amount'],
    [['trust', gold, 'more'], 'usage', 'one argument too many: "more"'],
    [['rotate-key', '--new'], 'usage', '--new'],
    [['init', '--network', 'mars'], 'usage', 'already exists'],
  ] as const) {
    const [name, ...args] = call
    const people = await command(name, ...args, ...at)
    expect([people.code, people.out], args.join(' ')).toEqual([code === 'usage' ? 2 : 1, ''])
    expect(people.err).toContain(says)
    const programs = await command(name, ...args, ...at, '--json')
    expect([programs.code, programs.err]).toEqual([people.code, ''])
    expect(JSON.parse(programs.out)).toEqual({ error: { code, message: expect.stringContaining(says) } })
  }
  expect(await balance()).toBe(before)
}

test('beside a running `npm start`, init takes from its config.json where everything is, and a free port', async () => {
  const system = join(home, 'system')
  const config = {
    ...{ rpcUrl: world.devnet.rpcUrl, passphrase: world.devnet.passphrase, contract: world.contract },
    ...{ ipfsUrl: world.ipfs.url, friendbotUrl: world.devnet.friendbotUrl },
  }
  await mkdir(system)
  await writeFile(join(system, 'config.json'), JSON.stringify(config))
  const at = ['--home', join(home, 'second')]
  const made = await command('init', ...at, '--network', 'local', '--json', { STELLARTRAIN_HOME: system })
  expect([made.code, made.err]).toEqual([0, ''])
  const { oracle } = JSON.parse(made.out) as { oracle: string }
  const running = await startProcess({}, ['run', ...at])
  try {
    expect(running.url).not.toContain(':4100')
    await expect.poll(async () => (await fetch(`${running.url}/ready`)).status).toBe(200)
    const seen = await command('status', ...at, '--json')
    expect(JSON.parse(seen.out)).toMatchObject({
      facts: { oracle, registered: `key version 1, ${running.url}` },
      troubles: [],
    })
    // What was sealed to a version before is opened after another one was registered, and /status shows the vote.
    const id = await world.challenge({ oracles: [oracle] })
    await command('rotate-key', ...at)
    await world.accepted(id)
    const solver = await world.person()
    await world.enter(id, solver, await world.seal(id, solver, TRUTH))
    await command('rotate-key', ...at)
    await world.concluded(id, 1)
    await expect
      .poll(async () => (await command('status', ...at)).out)
      .toContain(`voted         challenge ${id}, submission 1, `)
  } finally {
    await running.kill()
  }
})

test('a URL that does not lead to this oracle is told before anybody needs it', async () => {
  const secret = (await world.person()).secret()
  const oracle = await startOracle(world.oracleOptions(secret, { publicUrl: 'http://127.0.0.1:9' }))
  try {
    const warnings = async () => ((await (await fetch(`${oracle.url}/status`)).json()) as Status).warnings
    await expect.poll(warnings).toEqual([expect.stringContaining('Nothing answers at http://127.0.0.1:9/status')])
    const other = await startOracle(world.oracleOptions((await world.person()).secret(), { publicUrl: oracle.url }))
    const of = async () => ((await (await fetch(`${other.url}/status`)).json()) as Status).warnings
    await expect.poll(of).toEqual([expect.stringContaining(`another oracle answers: ${oracle.address}`)])
    await other.close()
  } finally {
    await oracle.close()
  }
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
