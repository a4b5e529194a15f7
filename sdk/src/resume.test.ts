/** A process that dies on the way to the queue: the next one goes on, and an attempt is never spent twice. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { keypairSigner, type Signer, view, views } from '@stellartrain/contracts-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { fileDrafts } from './draft-files.ts'
import { type DraftStore, memoryDrafts, storageDrafts } from './drafts.ts'
import { type SubmitProgress, submitFile } from './submit.ts'
import type { TestOracle } from './testing/oracle.ts'
import { predictions, startWorld, type World } from './testing/world.ts'

let world: World
let oracle: TestOracle
let challenge: number
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  challenge = await world.open(await world.fixture.person(), [oracle], { attempts: 3, attemptsPerDay: 3 })
})
afterAll(() => world.close())

const attemptsOf = async (solver: Keypair) =>
  (await view(world.client.chain, views.attempts({ challenge, solver: solver.publicKey() }))).attempts

/** Submits and is cut off at the first progress for which `at` holds, as if the process had died there. */
async function dieAt(solver: Keypair, drafts: DraftStore, at: (progress: SubmitProgress) => boolean): Promise<void> {
  const death = new AbortController()
  const dying = submitFile(world.client, {
    challenge,
    csv: predictions(8),
    signer: solver,
    drafts,
    signal: death.signal,
    onProgress(progress) {
      if (at(progress)) death.abort(new Error('killed'))
    },
  })
  await expect(dying).rejects.toThrow('killed')
}

const stores = {
  memory: async () => memoryDrafts(),
  files: async () => fileDrafts(await mkdtemp(join(world.folder, 'drafts-'))),
  'browser storage': async () => {
    const items = new Map<string, string>()
    return storageDrafts({
      getItem: (name) => items.get(name) ?? null,
      setItem: (name, value) => void items.set(name, value),
      removeItem: (name) => void items.delete(name),
    })
  },
}

test.each(Object.entries(stores))(
  'after the upload, with drafts in %s: the same sealed file is submitted',
  async (_, open) => {
    const solver = await world.fixture.person()
    const drafts = await open()
    let cid = ''
    await dieAt(solver, drafts, (progress) => {
      if (progress.step === 'uploaded') cid = progress.cid
      return progress.step === 'uploaded'
    })
    const steps: string[] = []
    const again = await submitFile(world.client, {
      challenge,
      csv: predictions(8),
      signer: solver,
      drafts,
      onProgress: (progress) => void steps.push(progress.step),
    })
    expect(again.cid).toBe(cid)
    expect(steps).not.toContain('sealing')
    expect(await attemptsOf(solver)).toBe(1)
  },
)

test('after the network took the transaction: its end is found, nothing is submitted again', async () => {
  const solver = await world.fixture.person()
  const drafts = memoryDrafts()
  await dieAt(
    solver,
    drafts,
    ({ step, ...rest }) => step === 'submitting' && 'progress' in rest && rest.progress.state === 'pending',
  )
  const again = await submitFile(world.client, { challenge, csv: predictions(8), signer: solver, drafts })
  expect(again.attempt).toBe(1)
  expect(await attemptsOf(solver)).toBe(1)
  const third = await submitFile(world.client, { challenge, csv: predictions(8), signer: solver, drafts })
  expect(third).toEqual(again)
  expect(await attemptsOf(solver)).toBe(1)
})

test('signed but never sent: the same envelope goes out, without a second signature', async () => {
  const solver = await world.fixture.person()
  const drafts = memoryDrafts()
  await dieAt(
    solver,
    drafts,
    ({ step, ...rest }) => step === 'submitting' && 'progress' in rest && rest.progress.state === 'sending',
  )
  expect(await attemptsOf(solver)).toBe(0)
  const refuses: Signer = { address: solver.publicKey(), sign: () => Promise.reject(new Error('not again')) }
  const again = await submitFile(world.client, { challenge, csv: predictions(8), signer: refuses, drafts })
  expect(again).toMatchObject({ attempt: 1 })
  expect(await attemptsOf(solver)).toBe(1)
})

test('two processes with the same file at once spend one attempt', async () => {
  const solver = await world.fixture.person()
  const drafts = memoryDrafts()
  const one = { challenge, csv: predictions(7), signer: solver, drafts }
  await dieAt(solver, drafts, ({ step }) => step === 'uploaded')
  const csv = predictions(8)
  const ends = await Promise.allSettled([
    submitFile(createClient(world.config), { ...one, csv }),
    submitFile(createClient(world.config), { ...one, csv }),
  ])
  expect(ends.map((end) => end.status)).toEqual(['fulfilled', 'fulfilled'])
  expect(await attemptsOf(solver)).toBe(1)
})

test('another file takes the next attempt, until they are used up', async () => {
  const solver = await world.fixture.person()
  const drafts = memoryDrafts()
  for (const wrong of [9, 10, 11]) {
    await submitFile(world.client, { challenge, csv: predictions(wrong), signer: solver, drafts })
  }
  await expect(
    submitFile(world.client, { challenge, csv: predictions(12), signer: keypairSigner(solver), drafts }),
  ).rejects.toMatchObject({ code: 'no_attempts_left' })
  expect(await attemptsOf(solver)).toBe(3)
})
