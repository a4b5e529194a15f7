/** What a challenge publishes, listed and downloaded whole or not at all; and the calls that anyone may make for it. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { view, views } from '@stellartrain/contracts-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, planOf, predictions, startWorld, truthCsv, type World } from '../testing/world.ts'
import { main } from './main.ts'
import { EXAMPLES } from './plan-examples.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
let challenge: number

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  maker = await world.fixture.person()
  const { datasets } = planOf([oracle], { deadline: new Date() })
  // A maker chooses the names, and these would lead elsewhere.
  const strange = { name: '../escape.csv', role: 'other' as const, bytes: bytes('a,b\n1,2\n') }
  challenge = await world.open(maker, [oracle], {
    ...{ datasets: [...datasets, strange], winners: 2, oracleFee: '0.5', deposit: '1' },
    publishes: { truth: true, submissions: 'all' },
  })
  for (const [index, signer] of (await world.fixture.people(2)).entries())
    await submitFile(world.client, { challenge, csv: predictions(index + 1), signer })
})
afterAll(() => world.close())

async function run(args: string[], changes: Record<string, string> = {}) {
  const said: string[] = []
  const { rpcUrl, passphrase, contract, ipfsUrl } = world.config
  const code = await main(args, {
    stdout: (text) => void said.push(text),
    stderr: (text) => void said.push(text),
    env: {
      ...{ RPC_URL: rpcUrl, NETWORK_PASSPHRASE: passphrase, CONTRACT_ADDRESS: contract, IPFS_URL: ipfsUrl },
      ...{ STELLARTRAIN_SECRET: maker.secret(), ...changes },
    },
    cwd: world.folder,
    signal: new AbortController().signal,
  })
  return { code, out: said.join('') }
}

const read = (name: string) => readFile(join(world.folder, 'data', name))

test('votes that no oracle settled are settled by anyone, fees withdrawn, and lifetimes extended', async () => {
  const id = String(challenge)
  // Nothing to do is no failure, so that a schedule may call it.
  expect(await run(['settle', id])).toMatchObject({ code: 0, out: expect.stringContaining('votes are missing') })
  await oracle.gradeAll(challenge, { settle: false })
  expect(await run(['settle', id])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Settled #1 and #2.'),
  })
  expect(await view(world.client.chain, views.state({ challenge }))).toMatchObject({ concluded: 2 })
  const { code, out } = await run(['settle', id, '--json'])
  expect([code, JSON.parse(out)]).toEqual([
    0,
    { nothing: { code: 'nothing_owed', message: expect.stringContaining('Both submissions') } },
  ])
  expect(await run(['withdraw', id, '--oracle', oracle.address])).toMatchObject({
    ...{ code: 0, out: expect.stringContaining(`1 XLM sent to ${oracle.address}`) },
  })
  expect(await run(['withdraw', id, '--oracle', oracle.address])).toMatchObject({
    ...{ code: 0, out: expect.stringContaining('no fees to withdraw') },
  })
  expect(await run(['extend', id])).toMatchObject({ code: 0, out: expect.stringContaining('both submissions') })
})

test('files are listed and downloaded, what is there and right is kept, and nothing is put in place before it is whole', async () => {
  const id = String(challenge)
  const before = JSON.parse((await run(['files', id, '--json'])).out)
  expect(before.files.map(({ name }: { name: string }) => name)).toEqual(['test.csv', 'baseline.csv', '__escape.csv'])
  await oracle.publish(challenge, [1, 2])
  const listed = await run(['files', id])
  expect(listed.out).toMatch(/truth\.csv .*\n[\s\S]*submissions\/1\.csv .* by G[\s\S]*submissions\/2\.csv/)

  const first = await run(['download', id, '--all', '--out', 'data'])
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/6 files in /) })
  expect(new Uint8Array(await read('truth.csv'))).toEqual(truthCsv)
  expect(new Uint8Array(await read('submissions/2.csv'))).toEqual(predictions(2))
  expect((await readdir(join(world.folder, 'data'))).toSorted()).toEqual([
    ...['__escape.csv', 'baseline.csv', 'submissions', 'test.csv', 'truth.csv'],
  ])
  await writeFile(join(world.folder, 'data', 'test.csv'), 'spoilt')
  const refused = await run(['download', id, '--all', '--out', 'data'])
  expect(refused).toMatchObject({
    code: 1,
    out: expect.stringMatching(
      /kept {2}truth\.csv[\s\S]*Not replaced, because the content differs: .*test\.csv\. .*--force/,
    ),
  })
  expect(await readFile(join(world.folder, 'data', 'test.csv'), 'utf8')).toBe('spoilt')
  const { out } = await run(['download', id, '--all', '--out', 'data', '--force', '--json'])
  // Progress goes to stderr; the object is the last line.
  const again = JSON.parse(out.trimEnd().split('\n').at(-1)!)
  expect(again.files.map(({ state }: { state: string }) => state)).toEqual([
    ...['downloaded', 'kept', 'kept', 'kept', 'kept', 'kept'],
  ])
  expect(await run(['download', id, 'tset.csv'])).toMatchObject({
    ...{ code: 2, out: expect.stringContaining('Did you mean test.csv?') },
  })
})

test('the opened submission is the one that was scored, whoever opened others, and no data set takes its folder', async () => {
  const [liar, honest, third] = [await world.oracle(), await world.oracle(), await world.oracle()]
  const named = (name: string) => ({ name, role: 'other' as const, bytes: bytes(`${name}\n`) })
  const { datasets } = planOf([liar], { deadline: new Date() })
  const id = await world.open(maker, [liar, honest, third], {
    ...{
      datasets: [...datasets, named('submissions'), named('Truth.csv')],
      winners: 2,
      oracleFee: '0.5',
      deposit: '2',
    },
    publishes: { truth: true, submissions: 'all' },
  })
  for (const [index, signer] of (await world.fixture.people(2)).entries())
    await submitFile(world.client, { challenge: id, csv: predictions(index + 1), signer })
  await liar.gradeAll(id)
  await honest.gradeAll(id)
  const junk = () => new Uint8Array(predictions(30))
  await liar.publish(id, [1, 2], { instead: { 1: junk(), 2: junk() } })

  // Only junk is open: it is named and not written.
  const alone = await run(['download', String(id), '--all', '--out', 'junk'])
  expect(alone).toMatchObject({
    code: 1,
    out: expect.stringMatching(/is not what was scored: submissions\/1\.csv, submissions\/2\.csv/),
  })
  expect((await readdir(join(world.folder, 'junk'), { recursive: true })).toSorted()).toEqual(
    ['Truth-2.csv', 'baseline.csv', 'submissions', 'submissions-2', 'test.csv', 'truth.csv'].toSorted(),
  )
  await honest.publish(id, [1, 2])
  expect((await run(['files', String(id)])).out).toContain('2 different files opened')
  expect(await run(['download', String(id), '--all', '--out', 'junk'])).toMatchObject({ code: 0 })
  for (const number of [1, 2])
    expect(new Uint8Array(await readFile(join(world.folder, `junk/submissions/${number}.csv`)))).toEqual(
      predictions(number),
    )
  // A junk copy that is there already is not taken for the right one.
  await writeFile(join(world.folder, 'junk/submissions/1.csv'), junk())
  expect(await run(['download', String(id), 'submissions/1.csv', '--out', 'junk'])).toMatchObject({ code: 1 })
  expect(await run(['download', String(id), 'submissions/1.csv', '--out', 'junk', '--force'])).toMatchObject({
    code: 0,
  })

  await mkdir(join(world.folder, 'taken'))
  await writeFile(join(world.folder, 'taken/submissions'), 'mine')
  expect(await run(['download', String(id), 'submissions/1.csv', '--out', 'taken'])).toMatchObject({
    ...{
      code: 1,
      out: expect.stringMatching(
        /^The folder .*submissions cannot be made: something on the way to it is not a folder/,
      ),
    },
  })
})

test('a gateway that changes a byte puts no file in place', async () => {
  const { cid } = JSON.parse((await run(['files', String(challenge), '--json'])).out).files[0]
  const lying = createServer(async (request, response) => {
    const answer = await fetch(`${world.config.ipfsUrl}${request.url}`, {
      headers: { accept: request.headers.accept ?? '' },
    })
    const body = new Uint8Array(await answer.arrayBuffer())
    if (request.url?.includes(cid)) body[body.length - 1]! ^= 1
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(body)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => lying.once('listening', resolve))
  try {
    const IPFS_URL = `http://127.0.0.1:${(lying.address() as AddressInfo).port}`
    const lied = await run(['download', String(challenge), 'test.csv', '--out', 'lied'], { IPFS_URL })
    expect(lied.code).not.toBe(0)
    expect(lied.out).toMatch(/CID/)
    expect(await readdir(join(world.folder, 'lied'))).toEqual([])
  } finally {
    lying.close()
  }
})

test('a challenge as JSON has the names and forms of the API', async () => {
  expect(JSON.parse((await run(['status', String(challenge), '--json'])).out)).toMatchObject({
    ...{ id: challenge, maker: maker.publicKey(), phase: 'ended', direction: 'maximize', winners: 2 },
    ...{
      asset: { code: 'XLM', native: true, decimals: 7 },
      payout: { rule: 'bounty', reward: '500000000', winners: 2 },
    },
    ...{ threshold: { units: '9000000', value: 0.9 }, info: { title: 'Cats and dogs', metric: 'accuracy' } },
    oracles: [{ address: oracle.address, accepted: true, keyVersion: 1 }],
    board: [
      { place: 1, number: 1 },
      { place: 2, number: 2 },
    ],
  })
})

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `p${index},${row(index)}\n`).join('')
const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const PENGUINS = `${REPOSITORY}local/data/penguins/`
const SPLIT = `${REPOSITORY}examples/plans/penguins-split.csv`
const LABELS = ['Adelie', 'Chinstrap', 'Gentoo']
const species = (index: number) => LABELS[index % 3]!

test.each(Object.keys(EXAMPLES))('the example plan "%s" is accepted as it is printed', async (name) => {
  const folder = join(world.folder, name)
  await mkdir(folder)
  const printed = await run(['create', '--example', name])
  expect(printed.code).toBe(0)
  await writeFile(join(folder, 'plan.json'), printed.out.slice(0, printed.out.lastIndexOf('}') + 1))
  for (const file of ['train.csv', 'test.csv', 'baseline.csv']) await copyFile(`${PENGUINS}${file}`, join(folder, file))
  await copyFile(name === 'ranked' ? SPLIT : `${PENGUINS}truth.csv`, join(folder, 'truth.csv'))
  await writeFile(join(folder, 'items.csv'), `id,photo\n${rows(40, (index) => `https://photos.example/${index}.jpg`)}`)
  await writeFile(join(folder, 'known.csv'), `id,species\n${rows(20, species)}`)
  const args = ['create', `${name}/plan.json`, '--check', '--oracle', oracle.address]
  const { code, out } = await run(args)
  expect([code, out]).toEqual([0, expect.stringContaining('locked now')])
  // An example warns of nothing.
  expect(out).not.toMatch(/read the truth and win|less than the reward|probes nothing|^ {2}! /m)
})

test('the example of labels is the one that pays by the unit', async () => {
  expect((await run(['create', '--example', 'labels'])).out).toBe((await run(['create', '--example', 'per-unit'])).out)
})

test('a challenge that pays by earnings is created by a plan, topped up, and takes no submissions', async () => {
  const created = await run(['create', 'earnings/plan.json', '--yes', '--oracle', oracle.address])
  expect(created).toMatchObject({ code: 0, out: expect.stringContaining('1000 XLM') })
  const id = /Challenge (\d+) is funded/.exec(created.out)![1]!
  await oracle.accept(Number(id))
  expect((await run(['status', id])).out).toMatch(
    /Transcription, paid monthly {2}\[open\]\n[\s\S]*to be claimed; 1000 XLM left/,
  )
  expect(await run(['topup', id, '--prize', '5'])).toMatchObject({ code: 0 })
  expect(await run(['earnings', id])).toMatchObject({ code: 0, out: expect.stringContaining('1005 XLM free') })
  await writeFile(join(world.folder, 'file.csv'), 'id\n1\n')
  expect(await run(['submit', id, 'file.csv'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('takes no submissions'),
  })
  const plan = JSON.parse(await readFile(join(world.folder, 'earnings/plan.json'), 'utf8'))
  await writeFile(join(world.folder, 'earnings/bad.json'), JSON.stringify({ ...plan, threshold: '1' }))
  expect(await run(['create', 'earnings/bad.json', '--oracle', oracle.address])).toMatchObject({
    ...{ code: 2, out: expect.stringContaining('remove threshold') },
  })
})

test('every asset of which the index knows is listed, and what is not known is said', async () => {
  const gold = await world.fixture.asset('GOLD')
  await gold.give(maker, '12').catch(() => gold.trust(maker).then(() => gold.give(maker, '12')))
  const page = { locked: [{ asset: { contract: gold.contract }, amount: '0' }], paid: [] }
  const api = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => api.once('listening', resolve))
  try {
    const API_URL = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    const known = await run(['account'], { API_URL })
    expect(known.out).toMatch(/12 GOLD\n {2}Other assets are not listed; name one with --asset CODE:ISSUER\.\n$/)
  } finally {
    api.close()
  }
  const unknown = await run(['account'])
  expect(unknown.out).toMatch(/The API does not answer, so the assets of challenges are missing\.\n$/)
  expect(unknown.out).not.toContain('GOLD\n')
  const named = await run(['account', '--asset', `GOLD:${gold.issuer.publicKey()}`])
  expect(named.out).toContain('12 GOLD')
})
