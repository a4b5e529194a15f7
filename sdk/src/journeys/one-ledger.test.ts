/** What is told or verified of a submission is of one ledger, however many close while it is read. */
import { storage } from '@stellartrain/contracts-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSubmission } from '../submit/submission-status.ts'
import { submitFile } from '../submit/submit.ts'
import { createClient } from '../system/client.ts'
import { predictions, startWorld, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

test('a verdict between two reads shows the submission before it or after it, never passed over', async () => {
  const oracle = await world.oracle()
  const [maker, solver] = await world.fixture.people(2)
  const challenge = await world.open(maker!, [oracle])
  await submitFile(world.client, { challenge, csv: predictions(2), signer: solver! })

  const { contract } = world.config
  const keys = {
    state: storage.state(contract, challenge).toXdr('base64'),
    submission: storage.submission(contract, challenge, solver!.publicKey(), 1).toXdr('base64'),
  }
  const graded = Promise.withResolvers<unknown>()
  let asked = false
  // The counters alone are answered only once the verdict is in the ledger, which comes right after the submission was read.
  const between: typeof fetch = async (input, init) => {
    const body = typeof init?.body === 'string' ? init.body : ''
    const reads = (what: keyof typeof keys) => body.includes(keys[what]) || calls(body) === what
    if (!reads('submission')) {
      if (reads('state')) await graded.promise
      return fetch(input, init)
    }
    const answer = await fetch(input, init)
    if (!asked) {
      asked = true
      graded.resolve(oracle.gradeAll(challenge))
      await graded.promise
    }
    return answer
  }
  const overview = await readSubmission(createClient(world.config, { fetch: between }), { challenge, number: 1 })
  expect(asked).toBe(true)
  expect(['pending', 'scored']).toContain(overview.story.status)
  expect(overview.atRest).toBe(overview.story.status === 'scored')
  expect(await readSubmission(world.client, { challenge, number: 1 })).toMatchObject({
    ...{ atRest: true, story: { status: 'scored', amounts: { sent: 50_0000000n } } },
  })
})

test('what is paid while it is verified is not said to contradict the events that were read before', async () => {
  const oracle = await world.oracle()
  const [maker, solver] = await world.fixture.people(2)
  const challenge = await world.open(maker!, [oracle])
  await submitFile(world.client, { challenge, csv: predictions(2), signer: solver! })
  const key = storage.submission(world.config.contract, challenge, solver!.publicKey(), 1).toXdr('base64')
  let graded: Promise<unknown> | undefined
  // The events are read; then the verdict and the payment land, and only then is the entry read.
  const between: typeof fetch = async (input, init) => {
    if (typeof init?.body === 'string' && init.body.includes(key)) {
      graded ??= oracle.gradeAll(challenge)
      await graded
    }
    return fetch(input, init)
  }
  const ref = { challenge, solver: solver!.publicKey(), attempt: 1 }
  const result = await verify(createClient(world.config, { fetch: between }), ref)
  expect(graded).toBeDefined()
  expect(result.checks.filter(({ state }) => state === 'failed')).toEqual([])
  expect(result).toMatchObject({ refuted: false, paid: 50_0000000n })
})

/** The contract function that a simulation calls. */
function calls(body: string): string | undefined {
  const { method, params } = JSON.parse(body || '{}') as { method?: string; params?: { transaction?: string } }
  if (method !== 'simulateTransaction') return undefined
  const bytes = Buffer.from(params?.transaction ?? '', 'base64').toString('latin1')
  return ['submission', 'state'].find((name) => bytes.includes(`\0${String.fromCharCode(name.length)}${name}\0`))
}
