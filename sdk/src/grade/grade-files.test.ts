/** `grade --challenge` and `grade --manifest` say what the oracles of a real challenge posted. */
import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { stored, toHex } from '@stellartrain/contracts-client'
import { encodeManifest } from '@stellartrain/ipfs-content/manifest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContext } from '../challenge/context.ts'
import { createChallenge, prepareChallenge } from '../create/create.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { inHours, partedTruth, planOf, predictions, startWorld, type World } from '../testing/world.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
let solver: Keypair
let challenge: number
let salt: string
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  ;[maker, solver] = (await world.fixture.people(2)) as [Keypair, Keypair]
  const plan = planOf([oracle], {
    ...{ deadline: inHours(world.fixture, 2), truth: partedTruth, threshold: '0.5', winners: undefined },
    ...{ payout: { rule: 'ranked', prizes: ['60', '40'] }, reward: undefined },
  } as never)
  const prepared = await prepareChallenge(world.client, plan, maker.publicKey())
  salt = toHex(prepared.salt)
  challenge = (await createChallenge(world.client, prepared, maker)).challenge
  await oracle.accept(challenge)
  await writeFile(join(world.folder, 'truth.csv'), partedTruth)
  await writeFile(join(world.folder, 'mine.csv'), predictions(3))
  await writeFile(join(world.folder, 'broken.csv'), 'id,label\nr000,cat\nr000,bird\n')
  await submitFile(world.client, { challenge, csv: predictions(3), signer: solver })
  await oracle.gradeAll(challenge)
})
afterAll(() => world.close())

const gradeAs = async (...args: string[]) => {
  const { code, out } = await world.run(maker, 'grade', ...args, '--json')
  // Behind it stands what was said on stderr.
  return { code, ...JSON.parse(out.split('\n')[0]!) }
}
const posted = async () => {
  const of = { challenge, solver: solver.publicKey(), attempt: 1 }
  const [entry] = await stored.submissions(world.client.chain, challenge, [of], {})
  return { score: String(entry!.score), contentHash: toHex(entry!.content_hash) }
}

test('with the truth at hand it gives the score and the hash that stand in the ledger, and the private score beside', async () => {
  const given = ['--challenge', String(challenge), '--truth', 'truth.csv', '--salt', salt]
  const mine = await gradeAs(...given, '--submission', 'mine.csv')
  expect(mine).toMatchObject({ code: 0, verdict: 'scored', rows: 50, privateScore: '10000000', ...(await posted()) })
  const { out } = await world.run(maker, 'grade', ...given, '--submission', 'mine.csv')
  expect(out).toMatch(/score {8}0\.7\nprivate {6}1\nscoreUnits {3}7000000\nrows {9}50\ncontentHash {2}[0-9a-f]{64}\n$/)

  const broken = await gradeAs(...given, '--submission', 'broken.csv')
  expect(broken).toMatchObject({ code: 1, verdict: 'rejected', reason: { code: 70, name: 'duplicate_id' } })
  await writeFile(join(world.folder, 'other.csv'), 'id,label,usage\nr000,cat,public\nr001,cat,private\n')
  const other = ['--truth', 'other.csv', '--salt', salt, '--submission', 'mine.csv']
  expect(await gradeAs('--challenge', String(challenge), ...other)).toMatchObject({
    ...{ code: 1, error: { code: 'commitment_mismatch' } },
  })
})

test('a manifest is enough, without a network; what is piped in is named -', async () => {
  const { manifest } = await readContext(world.client, challenge)
  await writeFile(join(world.folder, 'manifest.json'), encodeManifest(manifest))
  const given = ['grade', '--manifest', 'manifest.json', '--truth', 'truth.csv', '--submission', '-', '--json']
  const bin = fileURLToPath(new URL('../../bin/stellartrain.js', import.meta.url))
  const run = async (...more: string[]) => {
    const child = spawn(process.execPath, [bin, ...given, ...more], { cwd: world.folder, env: {} })
    const said = Array.fromAsync(child.stdout).then((pieces) => JSON.parse(Buffer.concat(pieces).toString()))
    child.stdin.end(await readFile(join(world.folder, 'mine.csv')))
    return said
  }
  expect(await run('--salt', salt)).toMatchObject({ privateScore: '10000000', ...(await posted()) })
  expect(await run()).toMatchObject({ score: '7000000', contentHash: null })
})

test('after the end the truth that was opened is enough; before, it says what to give', async () => {
  const args = ['--challenge', String(challenge), '--submission', 'mine.csv']
  expect(await gradeAs(...args)).toMatchObject({
    ...{ code: 1, error: { code: 'not_found', message: expect.stringContaining('--truth FILE') } },
  })
  await world.fixture.net.warp(3 * 3_600)
  await oracle.rank(challenge)
  await world.fixture.net.warp(30 * 24 * 3_600)
  await oracle.publish(challenge, [1])
  expect(await gradeAs(...args)).toMatchObject({ code: 0, ...(await posted()) })
})

test.each([
  [['--challenge', '1', '--manifest', 'm.json'], 'not both'],
  [['--challenge', '1'], '--submission is missing'],
  [['--manifest', 'm.json', '--submission', '-', '--truth', '-'], 'Only one file'],
])('%s: %s', async (args, message) => {
  expect(await gradeAs(...args)).toMatchObject({ code: 2, error: { message: expect.stringContaining(message) } })
})
