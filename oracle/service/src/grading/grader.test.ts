/** Grading through real processes gives what the engine gives. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import {
  ageFileKey,
  createFormHasher,
  generateAgeKey,
  sealSubmissionFile,
  sealTruthFile,
} from '@stellartrain/ipfs-content'
import { type Format, grade, prepareTruth, taskOf, writeSubmission, writeTruth } from '@stellartrain/oracle-grade'
import { afterAll, expect, test } from 'vitest'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import { createGrader } from './grader.ts'

const data = (name: string) => readFileSync(new URL(`../../../../local/data/penguins/${name}.csv`, import.meta.url))
const truth = { csv: new Uint8Array(data('truth')), salt: new Uint8Array(32).fill(7) }
const [idColumn = '', name = ''] = data('truth').toString().split(/\r?\n/)[0]!.split(',')
const rows = data('truth').toString().trimEnd().split('\n').length - 1
const source = {
  submission: { idColumn, columns: [{ name, type: 'string' as const }], rows, maxBytes: 1_000_000 },
  metric: { id: 'f1_macro', params: {}, version: 1 },
}
const inputs = {
  manifest: source,
  manifestCid: 'bafy',
  truth,
  ranked: false,
  labeling: undefined,
} as unknown as GradingInputs

const grader = createGrader({ workers: 2, memoryMb: 256, seconds: 60 })
afterAll(() => grader.close())

const network = 'a'.repeat(64)
const contract = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'
const solver = 'GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF'
const { key, identity, recipient } = await generateAgeKey()

/** A submission as it is fetched, with the key of this one file. */
async function sealedFile(
  content: Uint8Array,
  challenge = 1,
  { formats, mediaType = 'text/csv' }: { formats?: readonly Format[]; mediaType?: string } = {},
) {
  const place = { network, contract, challenge, solver }
  const form = createFormHasher()
  const { rows: _, ...shape } = taskOf(source).shape
  writeSubmission(content, { ...shape, ...(formats && { formats }) }, form)
  const { sealed, commitment } = await sealSubmissionFile({
    content,
    mediaType,
    place,
    challengeKey: key,
    formHash: form.digest(),
  })
  return {
    sealed,
    commitment,
    place,
    fileKey: await ageFileKey(sealed, [identity]),
    maxBytes: 1_000_000,
    ...(formats && { formats }),
  }
}
const entry = { challenge: 1, solver, attempt: 1, units: 0, time: 0 }

test('a submission gets the same score and hash as in this process, however many are graded at once', async () => {
  const csv = new Uint8Array(data('baseline'))
  const task = taskOf(source)
  const { metric, params, shape } = task
  const truthShape = task.truthShape(truth.csv)
  const expected = grade({ metric, params, shape, truth: truth.csv, truthShape, salt: truth.salt, submission: csv })
  if (expected.status !== 'graded') throw new Error(expected.message)
  const outcomes = await Promise.all(
    [1, 2, 3, 4].map(async (challenge) =>
      grader.grade({ ...entry, challenge }, inputs, await sealedFile(csv, challenge)),
    ),
  )
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({
      score: expected.scoreUnits,
      contentHash: expected.contentHash,
      rows: expected.rows,
    })
})

test('a malformed file is rejected with the code of its first problem', async () => {
  const file = await sealedFile(new TextEncoder().encode(`${idColumn},${name}\nnobody,Gentoo\n`))
  const outcome = await grader.grade(entry, inputs, file)
  expect(outcome).toMatchObject({ rejected: 71 })
})

test('a packed file has the score of its CSV where the manifest takes it, under the name that its content has', async () => {
  const formats = ['csv', 'csv.gz'] as const
  const taken = { ...source, submission: { ...source.submission, formats } }
  const packing = { ...inputs, manifest: taken, manifestCid: 'bagz' } as unknown as GradingInputs
  const csv = await grader.grade(entry, inputs, await sealedFile(new Uint8Array(data('baseline'))))
  const content = new Uint8Array(gzipSync(data('baseline')))
  const of = { formats, mediaType: 'text/csv+gzip' }
  expect(await grader.grade(entry, packing, await sealedFile(content, 1, of))).toEqual(csv)
  const misnamed = { ...of, mediaType: 'text/csv' }
  expect(await grader.grade(entry, packing, await sealedFile(content, 1, misnamed))).toMatchObject({ rejected: 8 })
  expect(await grader.grade(entry, inputs, await sealedFile(content))).toMatchObject({ rejected: 22 })
})

test('a trial shows the best and the floor, and the baseline where there is one', async () => {
  const result = await grader.trial(inputs, new Uint8Array(data('baseline')))
  expect(result).toMatchObject({ perfect: { score: 10_000_000n }, baseline: { score: expect.any(BigInt) } })
})

test('a truth that no metric can use is reported as the challenge being unusable', async () => {
  const broken = { ...inputs, truth: { ...truth, csv: new TextEncoder().encode('id\n1\n') } }
  expect(await grader.trial(broken)).toMatchObject({ unusable: { code: 'shape_invalid' } })
})

test('a challenge that asks for other rows than its truth has is unusable', async () => {
  const manifest = { ...source, submission: { ...source.submission, rows: rows + 1 } } as typeof inputs.manifest
  const { unusable } = (await grader.trial({ ...inputs, manifestCid: 'bafz', manifest })) as never
  expect(unusable).toMatchObject({ code: 'shape_invalid', message: expect.stringContaining(`set \`rows\` to ${rows}`) })
})

test('what was sealed for another place, or is not what its solver committed to, is rejected with its reason', async () => {
  const file = await sealedFile(new Uint8Array(data('baseline')))
  const elsewhere = { ...file, place: { ...file.place, challenge: 2 } }
  expect(await grader.grade(entry, inputs, elsewhere)).toMatchObject({ rejected: 6 })
  expect(await grader.grade(entry, inputs, { ...file, commitment: new Uint8Array(32).fill(1) })).toMatchObject({
    rejected: 12,
  })
  const { sealed } = file
  expect(
    await grader.grade(entry, inputs, { ...file, sealed: sealed.with(sealed.length - 1, 1 ^ sealed.at(-1)!) }),
  ).toMatchObject({ rejected: 2 })
  expect(await grader.grade(entry, inputs, { ...file, maxBytes: 10 })).toMatchObject({ rejected: 1 })
  expect(await grader.open(file)).toEqual(new Uint8Array(data('baseline')))
})

test('a truth is opened and compared with its commitment in the same processes, also where it is unusable', async () => {
  const open = async (csv: Uint8Array, edit: object = {}) => {
    const form = createFormHasher()
    const task = taskOf(source)
    writeTruth(prepareTruth(truth.csv, task.truthShape(truth.csv)), task.shape, form)
    const place = { network, contract, maker: solver }
    const { sealed, commitment, salt } = await sealTruthFile({
      csv,
      place,
      recipients: [recipient],
      formHash: form.digest(),
    })
    const file = { sealed, commitment, place, fileKey: await ageFileKey(sealed, [identity]), ...edit }
    return { salt, opened: grader.openTruth(source, file) }
  }
  const { salt, opened } = await open(truth.csv)
  expect(await opened).toEqual({ csv: truth.csv, salt })
  const foreign = await open(truth.csv, { commitment: new Uint8Array(32) })
  await expect(foreign.opened).rejects.toMatchObject({ code: 'commitment_mismatch', retryable: false })
  const broken = await open(new TextEncoder().encode('id\n1\n'))
  await expect(broken.opened).rejects.toMatchObject({ code: 'shape_invalid', retryable: false })
})
