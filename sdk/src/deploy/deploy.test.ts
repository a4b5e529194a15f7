/** Deployment as its command runs it: once, whatever is done twice, and never on another network than meant. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Keypair } from '@stellar/stellar-sdk/base'
import { connect, readBalance, readToken, tokenContract, view, views } from '@stellartrain/contracts-client'
import { recordsAt } from '@stellartrain/contracts-client/records'
import { recountAt } from '@stellartrain/contracts-client/recount'
import { type Devnet, startDevnet } from '@stellartrain/devnet'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
let net: Devnet
let folder: string
beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  folder = await mkdtemp(join(tmpdir(), 'stellartrain-deploy-'))
})
afterAll(async () => {
  await net.close()
  await rm(folder, { recursive: true, force: true })
})

function deploy(args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } }
    execFile(process.execPath, ['--conditions=stellartrain-source', MAIN, ...args], options, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test('the contracts are there after the first time, and the second time changes nothing', async () => {
  const secret = Keypair.random().secret()
  const env = {
    RPC_URL: net.rpcUrl,
    NETWORK_PASSPHRASE: net.passphrase,
    FRIENDBOT_URL: net.friendbotUrl,
    STELLARTRAIN_SECRET: secret,
  }
  const args = ['--network', 'mine', '--min-patience', '7', '--min-window', '9', '--json']
  const first = await deploy(args, env)
  expect(first).toMatchObject({ code: 0 })
  const deployed = JSON.parse(first.out) as {
    contract: string
    createTx: string
    records: { contract: string }
    recount: { contract: string }
  }
  expect(deployed.createTx).toMatch(/^[0-9a-f]{64}$/)
  const record = await readFile(join(folder, 'deployments/mine.json'), 'utf8')
  const { contract } = deployed
  const records = { contract: deployed.records.contract }
  const recount = { contract: deployed.recount.contract }
  expect(JSON.parse(record)).toMatchObject({
    contract,
    minPatience: 7,
    minWindow: 9,
    network: 'mine',
    records,
    recount,
  })
  expect(first.out + first.err + record).not.toContain(secret)
  const again = await deploy(args, env)
  const nothing = { uploadTx: null, createTx: null }
  expect(JSON.parse(again.out)).toMatchObject({
    contract,
    ...nothing,
    records: { ...records, ...nothing },
    recount: { ...recount, ...nothing },
  })
  const network = { name: 'mine', passphrase: net.passphrase, rpcUrl: net.rpcUrl, contract: deployed.contract }
  expect(await view(connect(network), recordsAt(records.contract).config())).toMatchObject({ stellartrain: contract })
  expect(await view(connect(network), recountAt(recount.contract).stellartrain())).toBe(contract)
  expect(await view(connect(network), views.config())).toMatchObject({ min_patience: 7n, min_window: 9n })
})

test('where the record cannot be written, the contracts are told all the same', async () => {
  const env = {
    RPC_URL: net.rpcUrl,
    NETWORK_PASSPHRASE: net.passphrase,
    FRIENDBOT_URL: net.friendbotUrl,
    STELLARTRAIN_SECRET: Keypair.random().secret(),
  }
  await writeFile(join(folder, 'in-the-way'), '')
  const told = await deploy(['--network', 'mine', '--out', 'in-the-way/record.json'], env)
  expect(told.code).toBe(1)
  expect(told.out).toMatch(/^Contract C[A-Z2-7]{55} on mine: created in transaction/)
  expect(told.err).toMatch(/in-the-way\/record\.json could not be written/)
})

test('others are funded too, and the contract of the coin is there', async () => {
  const [oracle, secret] = [Keypair.random(), Keypair.random().secret()]
  await writeFile(join(folder, 'addresses'), `${oracle.publicKey()}\n`)
  const env = { RPC_URL: net.rpcUrl, NETWORK_PASSPHRASE: net.passphrase, STELLARTRAIN_SECRET: secret }
  const args = ['--network', 'mine', '--fund', 'addresses', '--json']
  expect(await deploy(args, env)).toMatchObject({ code: 2, err: expect.stringContaining('set FRIENDBOT_URL') })
  const done = await deploy(args, { ...env, FRIENDBOT_URL: net.friendbotUrl })
  expect(done).toMatchObject({ code: 0 })
  const { contract } = JSON.parse(done.out) as { contract: string }
  const chain = connect({ name: 'mine', passphrase: net.passphrase, rpcUrl: net.rpcUrl, contract })
  const coin = await readToken(chain, tokenContract(chain, 'XLM'))
  expect(await readBalance(chain, coin, oracle.publicKey())).toBeGreaterThan(0n)
  await writeFile(join(folder, 'addresses'), `${oracle.publicKey()}\nnot an address\n`)
  expect(await deploy(args, { ...env, FRIENDBOT_URL: net.friendbotUrl })).toMatchObject({ code: 2 })
})

test('every missing setting in one message; an RPC of another network is not deployed to', async () => {
  const bare = await deploy(['--network', 'mine'], {})
  expect(bare.code).toBe(2)
  expect(bare.err).toMatch(/RPC_URL[\s\S]*NETWORK_PASSPHRASE[\s\S]*deployer key/)
  const env = { RPC_URL: net.rpcUrl, STELLARTRAIN_SECRET: Keypair.random().secret() }
  const wrong = await deploy(['--network', 'testnet'], env)
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('belongs to the network') })
})

test('no message of it holds more of the RPC than its host', async () => {
  const env = { NETWORK_PASSPHRASE: 'another', STELLARTRAIN_SECRET: Keypair.random().secret() }
  const other = await deploy(['--network', 'mine'], { ...env, RPC_URL: `${net.rpcUrl}?token=SECRETKEY` })
  expect(other.err).toContain(`The RPC at ${new URL(net.rpcUrl).host} belongs to the network`)
  const wrong = await deploy(['--network', 'mine'], { ...env, RPC_URL: 'http//user:pw@SECRETKEY' })
  expect(wrong.err).toContain('RPC_URL is not a URL')
  for (const { out, err } of [other, wrong]) expect(out + err).not.toMatch(/SECRETKEY/)
})
