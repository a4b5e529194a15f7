/** A ranking and paid labels with every real part: the sdk's paths, the oracle as a service, the indexer's API, the chain. */
import type { Keypair } from '@stellar/stellar-sdk'
import { termsOf, view, views } from '@stellartrain/contracts-client'
import { end } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Challenge, LeaderboardPage } from '@stellartrain/indexer-api'
import { readTasks } from '@stellartrain/sdk/batch'
import { type SubmissionOverview, watchSubmission } from '@stellartrain/sdk/submission-status'
import { submitFile } from '@stellartrain/sdk/submit'
import { type Check, verify } from '@stellartrain/sdk/verify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answers, labeling, predictions, ranking } from './letters.ts'
import { type Parts, startParts } from './parts.ts'

let parts: Parts
beforeAll(async () => {
  parts = await startParts()
})
afterAll(() => parts?.close())

const XLM = 10_000_000n
const AFTER_THE_DEADLINE = 7_300
/** Nothing is decided any more, and oracles open the truth. */
const over = async (challenge: number) => {
  const { terms } = await view(parts.sdk.chain, views.challenge({ challenge }))
  await parts.warpTo(end(termsOf(terms)))
}
const opened = (challenge: number) =>
  until(() => view(parts.sdk.chain, views.revealed({ challenge, by: parts.oracle })), { what: 'the opening' })

/** The path of a submission once it says this. */
async function reaches(challenge: number, number: number, holds: (path: SubmissionOverview) => boolean) {
  for await (const path of watchSubmission(parts.sdk, { challenge, number }, { pollMs: 100 }))
    if (holds(path)) return path
  throw new Error(`Submission ${number} of challenge ${challenge} ended otherwise.`)
}

const standing = async (challenge: number) =>
  (await parts.api<LeaderboardPage>(`/v1/challenges/${challenge}/leaderboard`)).data.map((row) => ({
    ...{ rank: row.rank, solver: row.solver, place: row.place, prize: BigInt(row.prize) / XLM },
    ...{ score: row.score.value, privately: row.privateScore?.value ?? null, paid: BigInt(row.paid!) / XLM },
  }))

const notPassed = (checks: readonly Check[]) => checks.filter(({ state }) => state !== 'passed').map(({ id }) => id)

test('a ranking: the running table by public rows, the prizes by private ones, and the winner can be verified', async () => {
  const { sdk, fixture, open, api } = parts
  const [maker, ana, ben, cem] = (await fixture.people(4)) as [Keypair, Keypair, Keypair, Keypair]
  const [a, b, c] = [ana, ben, cem].map((who) => who.publicKey())
  const challenge = await open(maker, ranking)
  for (const [signer, csv] of [
    [ana, predictions(0, 9)],
    [ben, predictions(1, 0)],
    [cem, predictions(2, 3)],
  ] as const) {
    const { number } = await submitFile(sdk, { challenge, csv, signer })
    await reaches(challenge, number, ({ story }) => story.score !== null)
  }
  expect(await standing(challenge)).toEqual([
    { rank: 1, solver: a, place: 1, prize: 60n, score: 1, privately: null, paid: 0n },
    { rank: 2, solver: b, place: 2, prize: 40n, score: 0.9, privately: null, paid: 0n },
    { rank: 3, solver: c, place: null, prize: 0n, score: 0.8, privately: null, paid: 0n },
  ])
  expect(await api<Challenge>(`/v1/challenges/${challenge}`)).toMatchObject({ phase: 'open', ranking: 'open' })

  await fixture.net.warp(AFTER_THE_DEADLINE)
  const first = await reaches(challenge, 2, ({ story }) => story.final)
  expect(first.story).toMatchObject({ amounts: { prize: 60n * XLM, earned: 60n * XLM }, place: { rank: 1 } })
  expect(first.story.steps.at(-1)).toMatchObject({ label: 'Paid 60 XLM', state: 'done' })
  await reaches(challenge, 3, ({ story }) => story.final)
  expect(await standing(challenge)).toEqual([
    { rank: 1, solver: b, place: 1, prize: 60n, score: 0.9, privately: 1, paid: 60n },
    { rank: 2, solver: c, place: 2, prize: 40n, score: 0.8, privately: 0.9, paid: 40n },
    { rank: 3, solver: a, place: null, prize: 0n, score: 1, privately: null, paid: 0n },
  ])
  expect(await api<Challenge>(`/v1/challenges/${challenge}`)).toMatchObject({
    ...{ phase: 'grading', ranking: 'oracles', paid: String(100n * XLM) },
  })

  await over(challenge)
  await opened(challenge)
  const winner = await verify(sdk, { challenge, number: 2 })
  expect(notPassed(winner.checks)).toEqual([])
  expect(winner).toMatchObject({ verified: true, paid: 60n * XLM })
  const override = { submission: predictions(1, 1) }
  expect(await verify(sdk, { challenge, number: 2 }, { override })).toMatchObject({ verified: false, refuted: true })
})

test('paid labels: a batch is accepted and paid for each label at once, guesses are not, and the payment can be verified', async () => {
  const { sdk, fixture, open, api } = parts
  const [maker, careful, careless] = (await fixture.people(3)) as [Keypair, Keypair, Keypair]
  const challenge = await open(maker, labeling)
  const label = async (signer: Keypair, right: boolean) => {
    const tasks = await readTasks(sdk, { challenge, labeler: signer.publicKey() })
    const ids = tasks.rows.map(([id]) => id!)
    const { number } = await submitFile(sdk, { challenge, csv: answers(ids, right ? [] : ids), signer })
    return reaches(challenge, number, ({ story }) => story.final)
  }
  const accepted = await label(careful, true)
  expect(accepted.story.amounts).toMatchObject({ pay: 5n * XLM, earned: 5n * XLM })
  expect(accepted.story.steps.map(({ label: step }) => step)).toEqual(
    expect.arrayContaining(['Accepted 10 labels', 'Paid 5 XLM']),
  )
  expect((await label(careless, false)).story).toMatchObject({ status: 'rejected', amounts: { pay: 0n, earned: 0n } })
  expect(await api<Challenge>(`/v1/challenges/${challenge}`)).toMatchObject({
    ...{ phase: 'open', submissions: 2, concluded: 2, paid: String(5n * XLM) },
    money: { escrow: String(95n * XLM), reserved: '0' },
  })

  await over(challenge)
  await opened(challenge)
  const verified = await verify(sdk, { challenge, number: 1 })
  expect(notPassed(verified.checks)).toEqual([])
  expect(verified).toMatchObject({ verified: true, paid: 5n * XLM })
})
