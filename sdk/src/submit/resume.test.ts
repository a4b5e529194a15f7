/** A process that dies on the way to the queue: the next one goes on, and an attempt is never spent twice. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { keypairSigner, type Signer, view, views } from '@stellartrain/contracts-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileDrafts } from '../drafts/draft-files.ts'
import { cacheFiles, type DraftStore, memoryDrafts, storageDrafts } from '../drafts/drafts.ts'
import { createClient } from '../system/client.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { predictions, startWorld, type World } from '../testing/world.ts'
import { resumeDrafts, type SubmitProgress, submitFile } from './submit.ts'

let world: World
let oracle: TestOracle
let challenge: number
beforeAll(async () => {
  // Here the oracle alone decides whether anybody takes a file.
  world = await startWorld({ takes: false })
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
    const storage = {
      get length() {
        return items.size
      },
      key: (at: number) => [...items.keys()][at] ?? null,
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, value),
      removeItem: (name: string) => void items.delete(name),
    }
    // As a browser's Cache Storage: it keeps responses by URL.
    const responses = new Map<string, Response>()
    const cache = {
      put: async (url: string, response: Response) => void responses.set(url, response),
      match: async (url: string) => responses.get(url)?.clone(),
      delete: async (url: string) => responses.delete(url),
    }
    return storageDrafts(storage, cacheFiles({ open: async () => cache }))
  },
}

test.each(Object.entries(stores))(
  'after sealing, with drafts in %s: the same sealed file is submitted and handed out',
  async (_, open) => {
    const solver = await world.fixture.person()
    const drafts = await open()
    let cid = ''
    await dieAt(solver, drafts, (progress) => {
      if (progress.step === 'sealed') cid = progress.cid
      return progress.step === 'sealed'
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
    expect(oracle.intake.took).toContain(cid)
  },
)

test.each(Object.entries(stores))(
  'after the ledger took it and before it was handed out, with drafts in %s: the next process hands it out, without a signer',
  async (_, open) => {
    const solver = await world.fixture.person()
    const drafts = await open()
    await dieAt(solver, drafts, ({ step }) => step === 'submitted')
    const [draft] = await drafts.list()
    expect(draft).toMatchObject({ stage: 'submitted', number: expect.any(Number) })
    expect(oracle.intake.took).not.toContain(draft!.cid)
    const resumed = await resumeDrafts(world.client, drafts)
    expect(resumed).toMatchObject([
      { submitted: { cid: draft!.cid, attempt: 1 }, handedOut: { took: [oracle.address] } },
    ])
    expect(oracle.intake.took).toContain(draft!.cid)
    expect(await drafts.files.read(draft!)).toBeUndefined()
    expect(await resumeDrafts(world.client, drafts)).toEqual([])
    expect(await attemptsOf(solver)).toBe(1)
  },
)

test('nobody takes the file: the attempt stands, the file is kept, and the same command hands it out later', async () => {
  const solver = await world.fixture.person()
  const drafts = memoryDrafts()
  oracle.intake.takes = false
  const work = { challenge, csv: predictions(8), signer: solver, drafts }
  const refused = await submitFile(world.client, work).catch((error: unknown) => error)
  oracle.intake.takes = true
  expect(refused).toMatchObject({
    code: 'not_handed_out',
    retryable: true,
    message: expect.stringContaining('no room'),
  })
  expect(await attemptsOf(solver)).toBe(1)
  const done = await submitFile(world.client, work)
  expect(done.attempt).toBe(1)
  expect(oracle.intake.took).toContain(done.cid)
  expect(await attemptsOf(solver)).toBe(1)
})

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
  await dieAt(solver, drafts, ({ step }) => step === 'sealed')
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
