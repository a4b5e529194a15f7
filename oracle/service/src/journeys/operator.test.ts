/** What an operator meets: settings that do not belong together, restarts, no XLM, no trustline. Each is told once, in a sentence. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Asset, Keypair, Operation } from '@stellar/stellar-sdk'
import { deployAssetContract, sendOperations, type Terms, view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { createLog } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOracle } from '../oracle.ts'
import { runToEnd } from './process.ts'
import { startWorld, statusOf, untilRefused, type World } from './world.ts'

let world: World
let home: string
beforeAll(async () => {
  world = await startWorld()
  home = await mkdtemp(join(tmpdir(), 'oracle-operator-'))
})
afterAll(async () => {
  await world?.close()
  await rm(home, { recursive: true, force: true })
})

const env = (more: Record<string, string>) => ({
  RPC_URL: world.devnet.rpcUrl,
  NETWORK_PASSPHRASE: world.devnet.passphrase,
  CONTRACT_ADDRESS: world.contract,
  ORACLE_SECRET_KEY: Keypair.random().secret(),
  IPFS_URL: world.ipfs.url,
  PORT: '0',
  ORACLE_HOME: home,
  ...more,
})

test.each([
  ['another network', { NETWORK_PASSPHRASE: 'Another Network' }, 'passphrase'],
  ['another contract', () => ({ CONTRACT_ADDRESS: world.token }), 'is not a StellarTrain contract'],
  [
    'no URL that others reach',
    { NETWORK_PASSPHRASE: 'Public Global Stellar Network ; September 2015', RPC_URL: 'https://rpc.example' },
    'ORACLE_PUBLIC_URL is required',
  ],
])('%s ends the start with one sentence and a code', async (_what, more, sentence) => {
  const { code, output } = await runToEnd(env(typeof more === 'function' ? more() : more))
  expect(code).toBe(1)
  expect(output).toContain(sentence)
  expect(output.match(/poll_failed/g)).toBeNull()
})

test('a restart on a free port finds its port again and registers nothing new', async () => {
  const secret = (await world.person()).secret()
  const options = { ...world.oracleOptions(secret, { home: join(home, 'again') }) }
  const urls: string[] = []
  for (let start = 0; start < 3; start++) {
    const oracle = await startOracle(options)
    urls.push(oracle.url)
    await until(async () => (await fetch(`${oracle.url}/ready`)).ok, { what: 'the oracle to be ready' })
    await oracle.close()
  }
  expect(new Set(urls).size).toBe(1)
  const { versions } = await view(world.chain, views.oracle({ oracle: Keypair.fromSecret(secret).publicKey() }))
  expect(versions).toBe(1)
})

test('an account without XLM is told in the log, in /status and in /ready', async () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const secret = Keypair.random().secret()
  const oracle = await startOracle(world.oracleOptions(secret, { log, publicUrl: 'http://oracle.example' }))
  // Registered it cannot be; the balance is read all the same.
  await until(async () => (await statusOf(oracle)).warnings.length > 0, { what: 'the warning' })
  expect((await statusOf(oracle)).warnings[0]).toContain('0 XLM')
  const { reasons } = (await (await fetch(`${oracle.url}/ready`)).json()) as { reasons: string[] }
  expect(reasons.join(' ')).toContain('send it some')
  expect(lines.filter((line) => line.includes('balance_low'))).toHaveLength(1)
  await oracle.close()
})

test('an asset that it has no trustline for is refused with what to do, and accepted once it has one', async () => {
  const operator = await world.person()
  const oracle = await world.oracle(operator.secret())
  const issuer = await world.person()
  const asset = new Asset('GOLD', issuer.publicKey())
  const token = await deployAssetContract(world.chain, asset, issuer, { pollMs: 50 })
  const quick = { pollMs: 50 }
  await sendOperations(world.chain, [Operation.changeTrust({ asset })], world.maker, quick)
  const gift = Operation.payment({ destination: world.maker.publicKey(), asset, amount: '1000' })
  await sendOperations(world.chain, [gift], issuer, quick)
  const id = await world.challenge({ oracles: [oracle.address], token, oracle_fee: 10n, feeBudget: 1_000n })
  const refused = await untilRefused(oracle, id)
  expect(refused).toMatchObject({
    code: 'no_trustline',
    message: expect.stringContaining(`trust GOLD:${issuer.publicKey()}`),
  })
  expect((await world.state(id)).accepted).toEqual([0])
  await oracle.close()
  await sendOperations(world.chain, [Operation.changeTrust({ asset })], operator, quick)
  const again = await world.oracle(operator.secret())
  await world.accepted(id)
  await again.close()
})

test('Earnings are refused with the reason, and accepted where the operator posts amounts', async () => {
  const operator = await world.person()
  const oracle = await world.oracle(operator.secret())
  const payout: Terms['payout'] = { tag: 'Earnings', values: undefined }
  const id = await world.challenge({ oracles: [oracle.address], payout })
  expect(await untilRefused(oracle, id)).toMatchObject({
    code: 'rule_not_supported',
    message: expect.stringContaining('ORACLE_EARNINGS=yes'),
  })
  await oracle.close()
  const posting = await world.oracle(operator.secret(), { earnings: true })
  await world.accepted(id)
  expect((await world.state(id)).key).toBeDefined()
  expect((await statusOf(posting)).rules).toContain('Earnings')
  await posting.close()
})
