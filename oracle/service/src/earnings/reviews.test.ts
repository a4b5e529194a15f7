/** Decisions of a reviewer, and appeals, that do not follow what is here are refused with what to do, and none is dropped without a word. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk/base'
import { signDigest } from '@stellartrain/contracts-client'
import { type Appeal, appealDigest, type Review, reviewDigest, type WorkList } from '@stellartrain/ipfs-content/work'
import { expect, onTestFinished, test } from 'vitest'
import { createAppeals, noteAppeal } from './appeals.ts'
import type { WorkAt } from './openings.ts'
import { openWorkStore } from './store.ts'

const networkPassphrase = 'a network of tests'
const contract = 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM'
const place = { network: '0'.repeat(64), contract, challenge: 7 }
const reviewer = Keypair.random()
const person = Keypair.random()
const labeler = person.publicKey()

async function reviewOf(
  number: number,
  upheld: number[] = [],
  by = reviewer,
  withdrawn: string[] = [],
): Promise<Review> {
  const said = { number, accepted: [], upheld: upheld.map((attempt) => ({ labeler, attempt })), withdrawn }
  return { ...said, signature: await signDigest(by, networkPassphrase, reviewDigest(place, said)) }
}

async function opened() {
  const folder = await mkdtemp(join(tmpdir(), 'reviews-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store = await openWorkStore(folder, 7, () => {})
  const terms = { place, networkPassphrase, reviewer: reviewer.publicKey() }
  const at = { challenge: { id: 7 }, of: { store, terms, inputs: { labeling: {} } } } as unknown as WorkAt
  const { review } = createAppeals({
    peers: { of: async () => [] },
    known: async () => ({ known: ['known'] }),
    signal: new AbortController().signal,
  })
  return { store, take: (said: Review) => review(at, said), note: (said: Appeal) => noteAppeal(at.of, said) }
}

test('a number that is taken by other decisions is named, and what was here first stays', async () => {
  const { store, take } = await opened()
  const first = await reviewOf(1, [1])
  await take(first)
  await take(first)
  await expect(take(await reviewOf(1, [2]))).rejects.toMatchObject({
    ...{ status: 409, code: 'number_taken' },
    message: expect.stringContaining('list of decisions 1 is another one here'),
  })
  expect(store.reviews).toEqual([first])
})

test('of two lists under one number that come at once one is taken, and the other is refused', async () => {
  const { store, take } = await opened()
  const both = await Promise.allSettled([take(await reviewOf(1, [1])), take(await reviewOf(1, [2]))])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(store.reviews).toHaveLength(1)
})

test('a list before which one is missing, and one that the reviewer did not sign, are told apart', async () => {
  const { store, take } = await opened()
  await expect(take(await reviewOf(2))).rejects.toMatchObject({ status: 409, code: 'number_ahead' })
  const forged = await reviewOf(1, [], Keypair.random())
  await expect(take(forged)).rejects.toMatchObject({ status: 422, code: 'not_signed' })
  await take(await reviewOf(1))
  await expect(take({ ...forged, upheld: [{ labeler, attempt: 3 }] })).rejects.toMatchObject({ code: 'not_signed' })
  expect(store.reviews).toHaveLength(1)
})

test('the decisions that an epoch counted are those that are told, also where others came here first', async () => {
  const { store, take } = await opened()
  await take(await reviewOf(1, [1]))
  const counted = await reviewOf(1, [2])
  await store.adopt({ epoch: 1, reviews: [counted] } as unknown as WorkList)
  expect(store.reviews).toEqual([counted])
  await take(await reviewOf(2))
  expect(store.reviews.map(({ number }) => number)).toEqual([1, 2])
})

test('an appeal is made once: the same again is known, other words are refused, also when both come at once', async () => {
  const { store, note } = await opened()
  const appealOf = async (why: string, by = person): Promise<Appeal> => {
    const said = { labeler, attempt: 3, why }
    return { ...said, signature: await signDigest(by, networkPassphrase, appealDigest(place, said)) }
  }
  const first = await appealOf('It is a seven.')
  expect(await note(await appealOf('It is a seven.', Keypair.random()))).toBe('not_signed')
  const both = await Promise.all([note(first), note(await appealOf('It is a one.'))])
  expect(both).toEqual(['taken', 'appealed'])
  expect(await note(first)).toBe('known')
  expect([...store.appeals.values()]).toEqual([first])
})

test('who is not the reviewer learns of no item whether it is known; the reviewer withdraws those alone', async () => {
  const { store, take } = await opened()
  const answers = await Promise.all(
    ['known', 'other'].map(async (item) =>
      take(await reviewOf(1, [], Keypair.random(), [item])).catch(({ status, code, message }) => ({
        status,
        code,
        message,
      })),
    ),
  )
  expect(answers[0]).toMatchObject({ status: 422, code: 'not_signed' })
  expect(answers[1]).toEqual(answers[0])
  await expect(take(await reviewOf(1, [], reviewer, ['other']))).rejects.toMatchObject({ code: 'not_known' })
  await take(await reviewOf(1, [], reviewer, ['known']))
  expect(store.reviews).toHaveLength(1)
})

test('a list of decisions that no epoch could take is refused, and so are more than an epoch takes', async () => {
  const { store, take } = await opened()
  const long = Array.from({ length: 600 }, (_, at) => `${at}`.padEnd(4_096, 'x'))
  await expect(take(await reviewOf(1, [], reviewer, long))).rejects.toMatchObject({ status: 422, code: 'too_large' })
  for (let number = 1; number <= 100; number++) await store.review(await reviewOf(number))
  await expect(take(await reviewOf(101))).rejects.toMatchObject({ status: 409, code: 'too_many_decisions' })
  await store.adopt({ epoch: 1, reviews: store.reviews.slice(0, 1) } as unknown as WorkList)
  await take(await reviewOf(101))
  expect(store.reviews).toHaveLength(101)
})
