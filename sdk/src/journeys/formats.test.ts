/** A challenge that takes other files than CSVs, from submission to verification: one content, one score, one hash. */
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { stored, toHex, Verdict } from '@stellartrain/contracts-client'
import { csvRows } from '@stellartrain/oracle-grade/csv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryDrafts } from '../drafts/drafts.ts'
import { listFiles } from '../opened/challenge-files.ts'
import { checkDisclosed, discloseSubmission } from '../submit/disclose.ts'
import { CheckFailed, submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, planOf, predictions, startWorld, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

let world: World
let oracle: TestOracle
let people: Keypair[]
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  people = await world.fixture.people(5)
})
afterAll(() => world.close())

/** The same rows as JSON Lines. */
function jsonLines(csv: Uint8Array): Uint8Array {
  const [header = [], ...rows] = csvRows(csv) ?? []
  return bytes(
    rows.map((row) => `${JSON.stringify(Object.fromEntries(row.map((one, at) => [header[at], one])))}\n`).join(''),
  )
}

test('files of any format that the challenge takes are graded, disclosed, opened and verified', async () => {
  const [maker, ...solvers] = people as [Keypair, ...Keypair[]]
  const { client, fixture } = world
  const { submission } = planOf([oracle], { deadline: new Date() })
  const challenge = await world.open(maker, [oracle], {
    ...{ submission: { ...submission, formats: ['csv', 'jsonl', 'jsonl.gz', 'csv.zst'] } },
    ...{ publishes: { truth: true, submissions: 'all' }, uniqueContent: false, reward: '10', winners: 4 },
  })
  const csv = predictions(2)
  const files = [csv, jsonLines(csv), gzipSync(jsonLines(csv)), zstdCompressSync(csv)]
  const drafts = memoryDrafts()
  for (const [at, file] of files.entries())
    await submitFile(client, { challenge, csv: file, signer: solvers[at]!, drafts })
  await expect(submitFile(client, { challenge, csv: gzipSync(csv), signer: solvers[0]! })).rejects.toSatisfy(
    (error) => error instanceof CheckFailed && error.precheck.problems[0]?.reason === 'wrong_format',
  )
  await oracle.gradeAll(challenge)
  const refs = solvers.map((solver) => ({ challenge, solver: solver.publicKey(), attempt: 1 }))
  const entries = await stored.submissions(client.chain, challenge, refs, {})
  expect(entries.map((entry) => entry?.verdict)).toEqual(refs.map(() => Verdict.Scored))
  expect(new Set(entries.map((entry) => toHex(entry!.content_hash))).size).toBe(1)

  const { bytes: shown } = await discloseSubmission(client, refs[2]!, { drafts, content: files[2] })
  expect(await checkDisclosed(client, refs[2]!, { disclosure: shown })).toMatchObject({ number: 3 })

  await fixture.net.warp(3 * 3_600)
  await oracle.publish(challenge, [1, 2, 3, 4])
  for (const number of [1, 2, 3, 4])
    expect(await verify(client, { challenge, number })).toMatchObject({ verified: true, refuted: false })
  const { files: listed } = await listFiles(client, challenge)
  expect(listed.filter(({ kind }) => kind === 'submission').map(({ name }) => name)).toContain('submissions/3')
})
