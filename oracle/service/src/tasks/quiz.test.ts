/** What bounds tries of a quiz: waits, an hour of a challenge, an hour of an address; and that nothing of it is forgotten. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk/base'
import { signDigest } from '@stellartrain/contracts-client'
import { quizDigest } from '@stellartrain/ipfs-content/quiz'
import { silentLog } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import type { Challenge } from '../chain/challenge.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import { createQuizzes } from './quiz.ts'
import { createTries, FIRST_WAIT, MOST_AN_HOUR, type Try } from './tries.ts'

const NOW = 1_800_000_000
const one = (labeler: string, number: number, at: number, passed = false): Try => ({
  ...{ type: 'try', labeler, try: number, at, answers: '', passed },
})

test('each try that was not enough costs twice the wait of the one before, up to a day', () => {
  const waits = (number: number) => createTries([one('G', number, NOW)]).waits('G', NOW) - NOW
  expect([1, 2, 3].map(waits)).toEqual([FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT])
  expect(waits(10)).toBe(24 * 3_600)
  expect(createTries([one('G', 1, NOW)]).waits('G', NOW + FIRST_WAIT)).toBe(0)
  expect(createTries([one('G', 1, NOW, true)]).waits('G', NOW)).toBe(0)
  expect(createTries([]).waits('G', NOW)).toBe(0)
})

test('whoever passed has passed, whatever comes later; only so many tries are judged in an hour', () => {
  const tries = createTries([one('G', 1, NOW, true), one('G', 2, NOW)])
  expect(tries.passed('G')).toBe(true)
  const many = createTries(Array.from({ length: MOST_AN_HOUR }, (_, at) => one(`G${at}`, 1, NOW)))
  expect([many.full(NOW), many.full(NOW + 3_599), many.full(NOW + 3_600)]).toEqual([true, true, false])
})

async function world() {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-tries-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const oracle = Keypair.random()
  const place = { network: '0'.repeat(64), contract: 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM' }
  const challenge = { id: 7, terms: { oracles: [oracle.publicKey()] } } as unknown as Challenge
  const inputs = { labeling: { quiz: { questions: 2, tries: 2, minAccuracy: 1 } } } as unknown as GradingInputs
  const asked = { count: 0 }
  const open = () =>
    createQuizzes({
      ...{ folder, place, networkPassphrase: 'Test', log: silentLog, signal: new AbortController().signal },
      identity: { address: oracle.publicKey(), keypair: oracle },
      inputs: async () => inputs,
      quiz: async (_, __, csv) => {
        asked.count += 1
        return { questions: ['a', 'b'], passed: csv !== undefined && Buffer.from(csv).includes('right') }
      },
      peers: { of: async () => [] },
      wall: () => NOW * 1_000,
    })
  const answers = async (who: Keypair, number: number, csv: string) => {
    const of = { labeler: who.publicKey(), try: number, csv }
    return { ...of, signature: await signDigest(who, 'Test', quizDigest({ ...place, challenge: 7 }, of)) }
  }
  return { challenge, open, answers, asked, folder }
}

test('after a restart a try is still used, and who passed has still passed', async () => {
  const { challenge, open, answers } = await world()
  const [failed, passed] = [Keypair.random(), Keypair.random()]
  const before = open()
  await before.take(challenge, await answers(failed, 1, 'wrong'), NOW, '')
  expect(await before.take(challenge, await answers(passed, 1, 'right'), NOW, '')).toMatchObject({ admitted: true })
  const after = open()
  await expect(after.take(challenge, await answers(failed, 1, 'right'), NOW, '')).rejects.toMatchObject({
    code: 'other_try',
  })
  await expect(after.take(challenge, await answers(failed, 2, 'right'), NOW, '')).rejects.toMatchObject({
    code: 'wait',
  })
  expect(await after.standing(challenge, failed.publicKey(), NOW, undefined)).toMatchObject({ admitted: false, try: 2 })
  await after.check(challenge, passed.publicKey())
  await expect(after.check(challenge, failed.publicKey())).rejects.toMatchObject({ code: 'quiz_not_passed' })
})

test('two tries at once are one, the same answers again are no try, and an address has so many in an hour', async () => {
  const { challenge, open, answers } = await world()
  const quizzes = open()
  const labeler = Keypair.random()
  const [first, second] = await Promise.allSettled([
    quizzes.take(challenge, await answers(labeler, 1, 'wrong'), NOW, '192.0.2.1'),
    quizzes.take(challenge, await answers(labeler, 1, 'right'), NOW, '192.0.2.1'),
  ])
  expect([first.status, second.status]).toEqual(['fulfilled', 'rejected'])
  await quizzes.take(challenge, await answers(labeler, 1, 'wrong'), NOW, '192.0.2.1')
  const guess = async () => quizzes.take(challenge, await answers(Keypair.random(), 1, 'wrong'), NOW, '192.0.2.1')
  for (let at = 1; at < 30; at++) await guess()
  await expect(guess()).rejects.toMatchObject({ status: 429, code: 'too_many_tries' })
  // Others go on.
  await quizzes.take(challenge, await answers(Keypair.random(), 1, 'wrong'), NOW, '192.0.2.2')
})

test('nobody chooses an account by its questions: an address is told those of so many tries in an hour, and again for nothing', async () => {
  const { challenge, open, answers, asked } = await world()
  const quizzes = open()
  const read = (client: string, labeler = Keypair.random().publicKey()) =>
    quizzes.standing(challenge, labeler, NOW, { client })
  const first = Keypair.random()
  for (let time = 0; time < 100; time++)
    expect((await read('192.0.2.1', first.publicKey())).questions).toEqual(['a', 'b'])
  expect(asked.count).toBe(1)
  for (let at = 1; at < 60; at++) await read('192.0.2.1')
  await expect(read('192.0.2.1')).rejects.toMatchObject({ status: 429, code: 'too_many_questions' })
  expect(asked.count).toBe(60)
  // What it was told before it is told again, others are told, and signatures are for anybody.
  expect((await read('192.0.2.1', first.publicKey())).questions).toHaveLength(2)
  expect((await read('192.0.2.2')).questions).toHaveLength(2)
  expect((await quizzes.standing(challenge, Keypair.random().publicKey(), NOW, undefined)).questions).toEqual([])
  expect(asked.count).toBe(61)
  // Whoever was judged is told what comes next.
  const failed = await quizzes.take(challenge, await answers(first, 1, 'wrong'), NOW, '192.0.2.1')
  expect(failed).toMatchObject({ try: 2, questions: ['a', 'b'] })
})

test('who passed is noted once, however many show it at once', async () => {
  const { challenge, open, answers, folder } = await world()
  const quizzes = open()
  const labeler = Keypair.random()
  const { signatures } = await quizzes.take(challenge, await answers(labeler, 1, 'right'), NOW, '')
  await Promise.all(Array.from({ length: 20 }, () => quizzes.remember(challenge, labeler.publicKey(), signatures)))
  const lines = (await readFile(join(folder, '7.jsonl'), 'utf8')).trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(['try', 'admitted'])
})
