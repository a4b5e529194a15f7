/** A file that nobody took is handed out again by the page itself, also after a reload. */
import { Keypair } from '@stellar/stellar-sdk/base'
import type { Draft as Kept } from '@stellartrain/sdk/drafts'
import { createRoot } from 'solid-js'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { loadSite } from '../../testing/site.ts'
import { config } from '../site/config.ts'
import { connect, disconnect } from '../wallet/session.ts'
import { browserDrafts } from '../write/drafts.ts'
import { createSubmitRun } from './run.ts'

/** Ends only what hangs. */
const PATIENCE = { timeout: 240_000 }

const ADA = Keypair.random()
const handing = vi.hoisted(() => ({ work: async (): Promise<void> => {} }))
type Work = { onNumber: (number: number) => void; fileName: string }
const sending = vi.hoisted(() => ({ submit: async (_: Work): Promise<{ number: number }> => ({ number: 0 }) }))
vi.mock('../write/submit.ts', () => ({
  resumeHandOut: () => handing.work(),
  submitPredictions: (work: Work) => sending.submit(work),
}))
vi.mock('./precheck.ts', () => ({ publishedIds: async () => undefined, checkFile: async () => ({ ok: true }) }))

const draft = (): Kept => ({
  ...{ version: 2, network: config().passphrase, contract: config().contract, challenge: 7, solver: ADA.publicKey() },
  ...{ attempt: 1, payloadSha256: 'ab', fileName: 'a.csv', cid: 'b', bytes: 1, commitment: 'cd', units: 0 },
  ...{ stage: 'submitted', number: 3, updatedAt: new Date().toISOString() },
})

beforeAll(() => loadSite({ demoAccounts: [{ name: 'Ada', secret: ADA.secret() }] }))
afterEach(() => {
  disconnect()
  localStorage.clear()
  vi.useRealTimers()
})

it('goes on with what stands in the ledger, says that nobody took it, and tries again until somebody does', async () => {
  await browserDrafts().write(draft())
  await connect('demo', 'Ada')
  let tries = 0
  handing.work = async () => {
    tries += 1
    if (tries === 2) await browserDrafts().write({ ...draft(), stage: 'handed_out' })
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const numbers: (number | undefined)[] = []
  await createRoot(async (dispose) => {
    const run = createSubmitRun({
      ...{ challenge: () => 7, manifest: () => undefined, number: undefined },
      onNumber: (number) => numbers.push(number),
    })
    await vi.waitUntil(() => tries === 1, PATIENCE)
    await vi.waitUntil(() => {
      const now = run.state()
      return now.at === 'landed' && now.draft?.failure !== undefined
    }, PATIENCE)
    expect(run.state()).toMatchObject({ at: 'landed', number: 3, draft: { stage: 'hand_out' } })
    await vi.advanceTimersByTimeAsync(8_000)
    await vi.waitUntil(() => tries === 2, PATIENCE)
    await vi.waitUntil(() => {
      const now = run.state()
      return now.at === 'landed' && now.draft?.stage === 'landed'
    }, PATIENCE)
    expect(numbers).toEqual([3])
    dispose()
  })
})

it('leaves alone what another account or another challenge began', async () => {
  await browserDrafts().write({ ...draft(), challenge: 8 })
  await browserDrafts().write({ ...draft(), solver: Keypair.random().publicKey() })
  await connect('demo', 'Ada')
  handing.work = async () => {
    throw new Error('nothing is to be handed out')
  }
  await createRoot(async (dispose) => {
    const run = createSubmitRun({
      ...{ challenge: () => 7, manifest: () => undefined, number: undefined, onNumber: () => {} },
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(run.state()).toEqual({ at: 'empty' })
    dispose()
  })
})

it('an earlier submission whose file is still handed out does not touch the one that is on its way', async () => {
  await connect('demo', 'Ada')
  const finish: (() => void)[] = []
  sending.submit = ({ onNumber, fileName }) => {
    const number = Number(fileName[0])
    if (number === 1) onNumber(number)
    return new Promise((resolve) => finish.push(() => resolve({ number })))
  }
  await createRoot(async (dispose) => {
    const run = createSubmitRun({
      ...{ challenge: () => 7, manifest: () => ({}) as never, number: undefined, onNumber: () => {} },
    })
    const submit = async (name: string) => {
      run.choose(new File(['id'], name))
      await vi.waitUntil(() => run.state().at === 'checked', PATIENCE)
      void run.submit()
      await vi.waitUntil(() => finish.length === Number(name[0]), PATIENCE)
    }
    await submit('1.csv')
    expect(run.state()).toMatchObject({ at: 'landed', number: 1 })
    run.again()
    await submit('2.csv')
    finish[0]!()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(run.state()).toMatchObject({ at: 'sending' })
    finish[1]!()
    await vi.waitUntil(() => run.state().at === 'landed', PATIENCE)
    expect(run.state()).toMatchObject({ at: 'landed', number: 2 })
    dispose()
  })
})
