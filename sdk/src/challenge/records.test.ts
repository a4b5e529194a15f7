/** From a won bounty to a badge: a real ledger, both contracts, a real IPFS node, and the commands that people use. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { ContractError, invoke } from '@stellartrain/contracts-client'
import { cidToString } from '@stellartrain/contracts-client/cid'
import { BADGE_PICTURE, badgePictureCid, deployRecords, recordsAt } from '@stellartrain/contracts-client/records'
import { readRecordsWasm } from '@stellartrain/contracts-client/wasm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../cli/main.ts'
import { submitFile } from '../submit/submit.ts'
import { createClient, type StellarTrain } from '../system/client.ts'
import { UserError } from '../system/problems.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { predictions, startWorld, type World } from '../testing/world.ts'
import { fetchBadgeDocument, foldRecord, mintBadge, readBadge, readRecord } from './records.ts'

let world: World
let client: StellarTrain
let oracle: TestOracle
let maker: Keypair
let winner: Keypair
let loser: Keypair
let challenge: number

beforeAll(async () => {
  world = await startWorld()
  const { fixture, folder } = world
  oracle = await world.oracle()
  ;[maker, winner, loser] = (await fixture.people(3)) as [Keypair, Keypair, Keypair]
  const { contract } = await deployRecords(fixture.chain, {
    wasm: await readRecordsWasm(),
    stellartrain: fixture.chain.network.contract,
    image: badgePictureCid(),
    signer: maker,
    pollMs: 20,
  })
  const config = { ...world.config, records: contract }
  client = createClient(config)
  challenge = await world.open(maker, [oracle], { winners: 2 })
  await submitFile(client, { challenge, csv: predictions(2), signer: winner })
  await submitFile(client, { challenge, csv: predictions(20), signer: loser })
  await mkdir(join(folder, '.stellartrain'))
  const demoAccounts = [
    { name: 'winner', secret: winner.secret() },
    { name: 'loser', secret: loser.secret() },
  ]
  await writeFile(join(folder, '.stellartrain/config.json'), JSON.stringify({ ...config, demoAccounts }))
})
afterAll(() => world.close())

const ref = (solver: Keypair) => ({ challenge, solver: solver.publicKey(), attempt: 1 })

async function run(args: string[], env: Record<string, string> = {}) {
  const said: string[] = []
  const complained: string[] = []
  const code = await main(args, {
    stdout: (text) => void said.push(text),
    stderr: (text) => void complained.push(text),
    env,
    cwd: world.folder,
    signal: new AbortController().signal,
  })
  return { code, out: said.join(''), err: complained.join('') }
}

test('before the grade nothing can be folded or minted', async () => {
  await expect(foldRecord(client, ref(winner), loser)).rejects.toMatchObject({ errorName: 'NotFinal' })
  await expect(mintBadge(client, ref(winner), winner)).rejects.toMatchObject({ errorName: 'NotFinal' })
  expect(await readRecord(client, winner.publicKey())).toMatchObject({ submissions: 0, wins: 0 })
})

test("a won bounty becomes a record and a badge whose document the node's gateway serves under the contract's CID", async () => {
  await oracle.gradeAll(challenge)
  const { record } = await foldRecord(client, ref(winner), loser)
  expect(record).toMatchObject({ submissions: 1, scored: 1, wins: 1 })

  await expect(mintBadge(client, ref(winner), loser)).rejects.toBeInstanceOf(UserError)
  const minted = await mintBadge(client, ref(winner), winner)
  expect(minted).toMatchObject({ badge: 1, owner: winner.publicKey(), hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(minted.facts).toMatchObject({ challenge, number: 1, score: 9_600_000n, prize: 500_000_000n })

  const served = await fetch(`${world.config.ipfsUrl}/ipfs/${minted.uri.slice('ipfs://'.length)}`)
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(minted.document)
  expect(await fetchBadgeDocument(client, minted.uri)).toEqual(minted.document)
  const picture = await fetch(`${world.config.ipfsUrl}/ipfs/${cidToString(badgePictureCid())}`)
  expect(await picture.text()).toBe(BADGE_PICTURE)

  // Again goes on with the badge that is there.
  expect(await mintBadge(client, ref(winner), winner)).toEqual({ ...minted, hash: null, ledger: null })

  const records = recordsAt(client.config.records!)
  const move = records.transfer({ from: winner.publicKey(), to: loser.publicKey(), token_id: 1 })
  await expect(invoke(client.chain, move, winner)).rejects.toMatchObject({ errorName: 'NotTransferable' })
  expect((await readBadge(client, 1)).owner).toBe(winner.publicKey())
})

test('who won nothing has a record and no badge', async () => {
  await expect(mintBadge(client, ref(loser), loser)).rejects.toBeInstanceOf(ContractError)
  const folded = await run(['record', 'fold', `${challenge}/2`, '--as', 'loser'])
  expect(folded).toMatchObject({ code: 0, err: '' })
  expect(folded.out).toMatch(/ 1 submission, 0 won\n/)
  // As every other date of the CLI.
  expect(folded.out).toMatch(/ from (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) to \1\n/)
  expect(await run(['record', 'fold', `${challenge}/${loser.publicKey()}/1`, '--as', 'loser'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('record already'),
  })
})

test('the commands say the same, for people and as JSON', async () => {
  const shown = await run(['record', winner.publicKey()])
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining(' 1 submission, 1 won\n') })
  const own = await run(['record', '--as', 'winner', '--json'])
  expect(JSON.parse(own.out)).toMatchObject({ solver: winner.publicKey(), wins: 1, scored: 1 })

  const minted = await run(['badge', 'mint', `${challenge}/${winner.publicKey()}/1`, '--as', 'winner'])
  expect(minted).toMatchObject({ code: 0, out: expect.stringContaining('minted before') })
  const badge = await run(['badge', '1', '--json'])
  expect(JSON.parse(badge.out)).toMatchObject({
    badge: 1,
    owner: winner.publicKey(),
    prize: '500000000',
    document: { name: 'StellarTrain badge 1' },
  })
  expect(await run(['badge', '9'])).toMatchObject({ code: 1, err: expect.stringContaining('no badge') })
  expect(await run(['badge', 'mint', String(challenge), '--as', 'winner'])).toMatchObject({ code: 2 })
  expect(await run(['badge'])).toMatchObject({ code: 2, err: expect.stringContaining('by its number') })
})

test('a system without records contract says which setting is missing', async () => {
  const bare = createClient(world.config)
  await expect(readRecord(bare, winner.publicKey())).rejects.toThrow('RECORDS_CONTRACT_ADDRESS')
})
