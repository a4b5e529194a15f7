/** What goes wrong at the command line: strings that name nothing, settings about another network, readers that leave early. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Keypair, StrKey } from '@stellar/stellar-sdk/base'
import { readAccount } from '@stellartrain/contracts-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { releasePayment } from '../challenge/challenge-admin.ts'
import { addTrustline, fund, readHoldings } from '../system/account.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { startWorld, type World } from '../testing/world.ts'
import { main } from './main.ts'
import { personsFolder } from './node-io.ts'

const BIN = fileURLToPath(new URL('../../bin/stellartrain.js', import.meta.url))

let world: World
let oracle: TestOracle
let maker: Keypair
let stranger: Keypair
let env: Record<string, string>

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  ;[maker, stranger] = (await world.fixture.people(2)) as [Keypair, Keypair]
  const { rpcUrl, passphrase, contract, ipfsUrl } = world.config
  env = {
    ...{ RPC_URL: rpcUrl, NETWORK_PASSPHRASE: passphrase, CONTRACT_ADDRESS: contract, IPFS_URL: ipfsUrl },
    STELLARTRAIN_SECRET: stranger.secret(),
  }
})
afterAll(() => world.close())

type Run = { code: number; out: string; err: string }

async function run(args: string[], changes: Record<string, string> = {}): Promise<Run> {
  const said: string[] = []
  const complained: string[] = []
  const code = await main(args, {
    stdout: (text) => void said.push(text),
    stderr: (text) => void complained.push(text),
    env: { ...env, ...changes },
    cwd: world.folder,
    signal: new AbortController().signal,
  })
  return { code, out: said.join(''), err: complained.join('') }
}

/** As its own process, whose stdout is closed after the first bytes. */
function piped(args: string[], changes: Record<string, string>): Promise<{ code: number | null; err: string }> {
  return new Promise((resolve) => {
    const options = { cwd: world.folder, env: { ...env, ...changes, PATH: process.env.PATH ?? '' } }
    const child = spawn(process.execPath, [BIN, ...args], options)
    let err = ''
    child.stderr.on('data', (text) => {
      err += text
    })
    child.stdout.once('data', () => child.stdout.destroy())
    child.on('close', (code) => resolve({ code, err }))
  })
}

const wrongChecksum = () => `${stranger.publicKey().slice(0, -1)}${stranger.publicKey().endsWith('A') ? 'B' : 'A'}`

test.each([
  ['account', 'GABC'],
  ['account fund', 'GABC'],
  ['account trust', 'FOO:GABC'],
  ['account trust', 'WAYTOOLONGCODE:GABC'],
  ['account trust', 'FOO'],
  ['account --asset', 'FOO:GABC'],
  ['status 1 --solver', 'GABC'],
  ['verify 1 --solver', 'GABC'],
  ['release 1 --solver', 'GABC'],
  ['record', 'GABC'],
  ['tasks 1 --labeler', 'GABC'],
  ['claim 1 --labeler', 'GABC'],
  ['withdraw 1 --oracle', 'GABC'],
])('%s %s is refused with one sentence that names the value', async (command, value) => {
  const { code, out, err } = await run([...command.split(' '), value])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(`"${value}" is not`)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test('a name inside a reference and a wrong checksum are noticed, too', async () => {
  for (const args of [
    ['record', 'fold', '1/GABC/1'],
    ['badge', 'mint', '1/GABC/1'],
    ['account', wrongChecksum()],
    ['status', `1/${wrongChecksum()}/1`],
  ])
    expect(await run(args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^"G[A-Z2-7]*" is not .*checksum\.\n$/),
    })
})

test.each([
  ['CONTRACT_ADDRESS', 'bad', /^CONTRACT_ADDRESS is "bad", which is not a contract id/],
  ['RECORDS_CONTRACT_ADDRESS', 'CABC', /^RECORDS_CONTRACT_ADDRESS is "CABC"/],
  ['RPC_URL', 'nowhere', /^RPC_URL is not an http\(s\) URL/],
  ['IPFS_URL', 'ftp://x', /^IPFS_URL is "ftp:\/\/x"/],
  ['STELLARTRAIN_SECRET', 'SABC', /^STELLARTRAIN_SECRET does not hold a Stellar secret key/],
  [
    'NETWORK_PASSPHRASE',
    'wrong',
    /^The RPC at [^/]* serves the network ".*", but the configured passphrase is "wrong"\. Set both for the same network\.$/,
  ],
  [
    'CONTRACT_ADDRESS',
    StrKey.encodeContract(new Uint8Array(32)),
    /^There is no contract C\w+ on the network ".*"\. Check CONTRACT_ADDRESS and/,
  ],
])('%s=%s gives the one sentence that is true', async (variable, value, sentence) => {
  const { code, out, err } = await run(['account'], { [variable]: value })
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err.trimEnd()).toMatch(sentence)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})

test("another contract's id is not taken for ours", async () => {
  const found = await run(['status', '1'], { CONTRACT_ADDRESS: world.fixture.xlm })
  expect(found).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^The contract C\w+ on the network ".*" is not a StellarTrain contract\.\n$/),
  })
})

test('the functions of the sdk check what they are given, too', async () => {
  for (const refused of [
    readHoldings(world.client, 'GABC'),
    readHoldings(world.client, stranger.publicKey(), { tokens: ['FOO:GABC'] }),
    addTrustline(world.client, 'FOO:GABC', stranger),
  ])
    await expect(refused).rejects.toMatchObject({ code: 'bad_value' })
  expect(() => fund(world.client, 'GABC')).toThrow(expect.objectContaining({ code: 'bad_value' }))
})

test("a stranger's cancel is refused before anything is sent, and so is every call that needs someone else's signature", async () => {
  const plan = { deadline: new Date((world.fixture.net.ledger().closeTime + 7_200) * 1_000) }
  const challenge = await world.open(maker, [], { ...plan, oracles: [oracle.address] })
  const before = await readAccount(world.client.chain, stranger.publicKey())
  const { code, err } = await run(['cancel', String(challenge)])
  expect(code).toBe(1)
  expect(err).toMatch(/^Only the maker G\w+ can cancel challenge \d+ before /)
  // The chain's own refusal, for a client that asks nothing first.
  const { cancelChallenge, invoke } = await import('@stellartrain/contracts-client')
  await expect(invoke(world.client.chain, cancelChallenge({ challenge }), stranger)).rejects.toMatchObject({
    ...{ code: 'not_authorized', message: expect.stringContaining(maker.publicKey()) },
  })
  expect(await readAccount(world.client.chain, stranger.publicKey())).toEqual(before)
  expect(await run(['cancel', String(challenge)], { STELLARTRAIN_SECRET: maker.secret() })).toMatchObject({ code: 0 })
  await expect(
    releasePayment(world.client, { challenge, solver: stranger.publicKey(), attempt: 1 }, stranger),
  ).rejects.toMatchObject({ errorName: 'Cancelled' })
})

test.each([
  ['no command', ['--json'], 2, 'usage'],
  ['an unknown command', ['sumbit', '--json'], 2, 'usage'],
  ['an unknown option', ['status', '1', '--bogus', '--json'], 2, 'usage'],
  ['a missing argument', ['status', '--json'], 2, 'usage'],
  ['a wrong value', ['account', 'GABC', '--json'], 2, 'bad_value'],
  ['a missing challenge', ['status', '999', '--json'], 1, expect.anything()],
  ['a missing file', ['submit', '1', 'nothing.csv', '--json'], 2, 'usage'],
  ['an API that does not answer', ['challenges', '--json'], 3, 'api_unreachable'],
  ['grade, used wrongly', ['grade', '--json'], 2, 'usage'],
])('with --json, %s is exactly one JSON object on stdout', async (_, args, exit, code) => {
  const { code: found, out, err } = await run(args, { API_URL: 'http://127.0.0.1:9' })
  expect(found).toBe(exit)
  // On a terminal both streams are one: what is wrong is said once.
  expect(err).toBe('')
  expect(out.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(out)).toMatchObject({ error: { code, message: expect.stringMatching(/\w/) } })
})

test('a file that cannot be read is refused with the reason, and without a help that says nothing about it', async () => {
  const submit = (file: string) => run(['submit', '1', file])
  expect(await submit('nothing.csv')).toEqual({ code: 2, out: '', err: 'There is no file nothing.csv.\n' })
  expect(await submit('.')).toEqual({ code: 2, out: '', err: '. is a folder, not a file.\n' })
  expect((await run(['account', '--secret-file', 'nothing.key'])).err).toBe('There is no file nothing.key.\n')
  expect((await run(['create', 'nothing.json'])).err).toMatch(/^There is no file .*nothing\.json\.\n$/)
})

test('a challenge that does not exist is answered with how to find one', async () => {
  expect((await run(['status', '999'])).err).toBe(
    'There is no challenge with this number.\nList the challenges that there are with: npx stellartrain challenges\n',
  )
})

test('a slip is met with what was meant', async () => {
  expect((await run(['sumbit'])).err).toContain('There is no command "sumbit". Did you mean submit?')
  expect((await run(['status', '1', '--folow'])).err).toContain('There is no option --folow. Did you mean --follow?')
  expect((await run(['topup', '1', '--fees', '-1'])).err).toContain('write --fees=VALUE')
  expect((await run(['topup', '1', '--fees'])).err).toContain('The option --fees needs a value.')
  expect((await run(['status', '1', '2'])).err).toContain('one argument too many: "2"')
  expect((await run(['xyzzy'])).err).not.toContain('mean')
})

test('an option whose variable was not set is refused, instead of answering another question', async () => {
  for (const args of [
    ['status', '1', '--solver', ''],
    ['challenges', '--query='],
    ['labels', 'decide', '1', '--withdraw', ''],
  ])
    expect(await run(args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^The option --\w+ is empty; it needs/),
    })
})

test('a JSON file that is missing is not called wrong, and a wrong one is named with the place', async () => {
  await writeFile(join(world.folder, 'broken.json'), '{"a": 1,}')
  await writeFile(join(world.folder, 'list.json'), '[]')
  const commands = [['create'], ['labels', 'create'], ['status', '1', '--config']]
  for (const command of commands) {
    const said = async (file: string) => (await run([...command, file])).err
    expect(await said('nowhere.json')).toMatch(/^There is no file (or folder )?\S*nowhere\.json\.\n/)
    expect(await said('broken.json')).toMatch(/^\S*broken\.json is not JSON: .*position 8/)
    expect(await said('list.json')).toMatch(/^\S*list\.json is not a JSON object\.\n/)
  }
  expect((await run(['labels', 'create', '.'])).err).toMatch(/^There is no file \S*labels\.json\.\n/)
})

const VERSION = /^\d+\.\d+\.\d+$/
/** The binary answers some of it itself. */
const binary = promisify(execFile)

test.each(['--version', '-v'])(
  '%s prints the version alone, and with --json on either side one object',
  async (flag) => {
    for (const args of [[flag], [flag, '--json'], ['--json', flag]]) {
      const inProcess = await run(args)
      const { stdout } = await binary(process.execPath, [BIN, ...args])
      expect(inProcess).toEqual({ code: 0, out: stdout, err: '' })
      const version = args.length === 1 ? stdout.trimEnd() : JSON.parse(stdout).version
      expect(version).toMatch(VERSION)
    }
  },
)

test('help is one object with --json', async () => {
  const all = (await run(['help'])).out
  for (const args of [
    ['help', '--json'],
    ['--help', '--json'],
    ['--json', 'help'],
  ])
    expect(JSON.parse((await run(args)).out)).toEqual({ help: all })
  const status = (await run(['status', '--help'])).out
  expect(status).toContain('Usage: stellartrain status')
  for (const args of [
    ['status', '--help', '--json'],
    ['help', 'status', '--json'],
    ['help', '--json', 'status'],
  ])
    expect(JSON.parse((await run(args)).out)).toEqual({ help: status })
})

test('no message holds the key in a URL, nor a signing key set as a contract', async () => {
  const url = 'http://user:pw@127.0.0.1:9/v1/SECRETKEY'
  const gone = await run(['status', '1', '--json'], { RPC_URL: url })
  expect(gone).toMatchObject({ code: 3, out: expect.stringContaining("The network's RPC at 127.0.0.1:9 does not") })
  const wrong = await run(['status', '1', '--json'], {
    RPC_URL: url.replace('http', 'ftp'),
    IPFS_URL: 'user:pw@SECRETKEY',
  })
  expect(wrong).toMatchObject({
    code: 2,
    out: expect.stringContaining('RPC_URL is \\"ftp://127.0.0.1:9\\", which is not'),
  })
  const key = await run(['status', '1'], { CONTRACT_ADDRESS: stranger.secret() })
  expect(key).toMatchObject({ code: 2, err: expect.stringContaining('CONTRACT_ADDRESS is not a contract id') })
  for (const { out, err } of [gone, wrong, key]) expect(out + err).not.toMatch(/SECRETKEY|user:pw|S[A-Z2-7]{55}/)
})

test('a script below npm reads the files of the folder that it went to', async () => {
  expect(personsFolder({ INIT_CWD: '/home/p' }, '/home/p/out', undefined)).toBe('/home/p/out')
  expect(personsFolder({ INIT_CWD: '/home/p' }, '/src/repo/out', '/src/repo')).toBe('/src/repo/out')
  expect(personsFolder({ INIT_CWD: '/home/p' }, '/src/repo', '/src/repo')).toBe('/home/p')
  expect(personsFolder({}, '/src/repo', '/src/repo')).toBe('/src/repo')
  // As a process: the file is only in the folder that the script went to.
  const [from, out] = [await mkdtemp(join(tmpdir(), 'stellartrain-')), await mkdtemp(join(tmpdir(), 'stellartrain-'))]
  await writeFile(join(out, 'key.txt'), 'not a key')
  const options = { cwd: out, env: { ...env, STELLARTRAIN_SECRET: '', PATH: process.env.PATH ?? '', INIT_CWD: from } }
  const said = await binary(process.execPath, [BIN, 'account', '--secret-file', 'key.txt'], options).catch(
    (error) => error,
  )
  expect(said.stderr).toContain('The file key.txt does not hold a Stellar secret key')
})

test('a reader that leaves early ends the command quietly, and never with the 0 of a finished one', async () => {
  // More than a pipe holds: the command is still writing when its reader leaves.
  const challenge = {
    ...{ id: 1, phase: 'open', payout: { rule: 'earnings' }, asset: { decimals: 7, code: 'XLM' } },
    ...{ submissions: 0, solvers: 0, deadline: '2027-01-31T12:00:00.000Z' },
  }
  const info = { title: 'x'.repeat(2_000) }
  const page = JSON.stringify({ data: Array.from({ length: 200 }, () => ({ ...challenge, info })) })
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(page)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await piped(['challenges', '--limit', '200'], { API_URL: apiUrl })).toEqual({ code: 141, err: '' })
  } finally {
    server.close()
  }
})

test('every command explains itself: what it does, how it is used, its options', async () => {
  const { COMMANDS } = await import('./commands.ts')
  for (const name of Object.keys(COMMANDS)) {
    const { code, out } = await run([name, '--help'])
    expect(code).toBe(0)
    expect(out).toContain(`Usage: stellartrain ${name}`)
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(128)
  }
})

test('with --json a refusal by the contract has its name as the code', async () => {
  const { code, out } = await run(['status', '999', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'NoChallenge', retryable: false } })
})

test.each([
  [['status', '1', '--follow'], '--follow follows a submission'],
  [['status', '1', '--attempt', '2'], '--solver G…'],
])('an option that could do nothing is a usage error: %s', async (args, sentence) => {
  expect(await run(args)).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
})

test('an issuer that the ledger does not know is refused before anything is sent', async () => {
  const before = await readHoldings(world.client, stranger.publicKey())
  const refused = await run(['account', 'trust', `GOLD:${Keypair.random().publicKey()}`, '--json'])
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'not_found' } })
  expect(await readHoldings(world.client, stranger.publicKey())).toEqual(before)
})
