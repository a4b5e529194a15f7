/** Forms of several chunks before the judge that grades: a process that dies between two, a machine that goes on, and others at the same time. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { keypairSigner, type Signer, view } from '@stellartrain/contracts-client'
import { recountAt } from '@stellartrain/contracts-client/recount'
import { readRecountWasm } from '@stellartrain/contracts-client/wasm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChallenge, prepareChallenge } from '../create/create.ts'
import { fileDrafts } from '../drafts/draft-files.ts'
import { memoryDrafts } from '../drafts/drafts.ts'
import { appealSubmission, deployRecount, openTruthForRecount } from '../judge/recount.ts'
import { readRecount } from '../judge/recount-standing.ts'
import { discloseSubmission } from '../submit/disclose.ts'
import { submitFile } from '../submit/submit.ts'
import { createClient } from '../system/client.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, inHours, planOf, startWorld, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

// Of 7 bytes each: three chunks of a work; as many have a truth's values, whose ids need two more that are never opened.
const ROWS = 22_000
const CHUNKS = 3
const HOUR = 3_600
const DAY = 24 * HOUR
const right = (row: number) => ((row * 7) % 5 < 2 ? 'dog' : 'cat')
const table = (label: (row: number) => string) =>
  bytes(`id,label\n${Array.from({ length: ROWS }, (_, row) => `r${row},${label(row)}`).join('\n')}\n`)
/** Wrong in every tenth row, and differently for each `seed`. */
const work = (seed: number) =>
  table((row) => ((row + seed) % 10 === 0 ? (right(row) === 'cat' ? 'dog' : 'cat') : right(row)))
const truth = table(right)

let world: World
let oracle: TestOracle
let maker: Keypair
beforeAll(async () => {
  world = await startWorld({ settings: 'mainnet' })
  oracle = await world.oracle()
  maker = await world.fixture.person()
  world.config.recount = (await deployRecount(world.client, await readRecountWasm(), maker)).contract
  world.client.config.recount = world.config.recount
})
afterAll(() => world?.close())

const judge = () => recountAt(world.config.recount!)

/** Accepted, and submitted to by each of these; the oracle falls silent, and the judge's time has begun. */
async function silent(solvers: readonly Keypair[], truthOpen: boolean) {
  const files = planOf([oracle], { deadline: inHours(world.fixture, 2) })
  const prepared = await prepareChallenge(
    world.client,
    {
      ...files,
      datasets: [{ name: 'baseline.csv', role: 'sample_submission', bytes: table(() => 'cat') }],
      truth,
      submission: { ...files.submission, rows: ROWS, maxBytes: 1_000_000 },
      ...{ judge: { address: 'recount' }, patienceSeconds: 60, reward: '50', winners: solvers.length },
    },
    maker.publicKey(),
  )
  expect(prepared.recount?.cost).toMatchObject({ truth: { transactions: CHUNKS }, work: { transactions: CHUNKS } })
  const { challenge } = await createChallenge(world.client, prepared, maker)
  await oracle.accept(challenge)
  const works = []
  for (const [seed, solver] of solvers.entries()) {
    const drafts = memoryDrafts()
    await submitFile(world.client, { challenge, csv: work(seed), signer: solver, drafts })
    const mine = { challenge, solver: solver.publicKey(), attempt: 1 }
    works.push({ mine, drafts, ...(await discloseSubmission(world.client, mine, { drafts })) })
  }
  await world.fixture.net.warp(2 * HOUR + DAY + 60)
  const { salt } = prepared
  if (truthOpen) await openTruthForRecount(world.client, { challenge, truth, salt }, maker)
  return { challenge, salt, works }
}

/** Signs the first transaction only after something else happened; everything was simulated before. */
function signsAfter(pair: Keypair, other: () => Promise<unknown>): Signer {
  const signer = keypairSigner(pair)
  let asked = 0
  return {
    address: signer.address,
    async sign(xdr, request) {
      if (asked++ === 0) await other()
      return signer.sign(xdr, request)
    },
  }
}

test('three people open the same truth at once: each chunk is opened once, and nobody is refused', async () => {
  const [solver, other, third] = await world.fixture.people(3)
  const { challenge, salt } = await silent([solver!], false)
  const open = (who: Keypair, onChunk?: (open: number, of: number) => void) =>
    openTruthForRecount(world.client, { challenge, truth, salt }, who, onChunk ? { onChunk } : {})
  const steps: number[] = []
  const done = await Promise.all([open(maker, (at) => steps.push(at)), open(other!), open(third!)])
  expect(done.map(({ chunks }) => chunks)).toEqual([CHUNKS, CHUNKS, CHUNKS])
  expect(steps.at(-1)).toBe(CHUNKS)
  expect(await view(world.client.chain, judge().truth({ challenge }))).toMatchObject({
    ...{ next: CHUNKS, known: ROWS, complete: true },
  })
  // All of it was open: nothing is sent.
  expect(await open(maker)).toEqual({ chunks: CHUNKS })
})

test('a process that is killed between two chunks loses none: another machine goes on, and the score is the engine’s', async () => {
  const [solver] = await world.fixture.people(1)
  const {
    challenge,
    works: [opened],
  } = await silent([solver!], true)
  const { mine, bytes: disclosure, number } = opened!
  await writeFile(join(world.folder, 'mine.disclosure'), disclosure)
  const killed = runAppeal(`${challenge}/${number}`, solver!)
  const said = await firstChunk(killed)
  expect(said).toContain(`Opened chunk 1 of ${CHUNKS}`)
  const stopped = await readRecount(world.client, mine)
  expect(stopped.work).toMatchObject({ scored: false, score: null })
  expect(stopped.work.chunks).toBeGreaterThan(0)
  expect(stopped.work.chunks).toBeLessThan(CHUNKS)

  const steps: number[] = []
  const done = await appealSubmission(createClient(world.config), mine, { disclosure }, maker, {
    onChunk: (open) => steps.push(open),
  })
  expect(steps[0]).toBe(stopped.work.chunks + 1)
  expect(steps.at(-1)).toBe(CHUNKS)
  expect(done).toMatchObject({ number, score: 9_000_000n, ruledFrom: null })

  await world.fixture.net.warp(2 * DAY)
  await world.run(maker, 'settle', String(challenge))
  const { checks, refuted } = await verify(world.client, { challenge, number })
  const state = Object.fromEntries(checks.map((check) => [check.id, check.state]))
  expect(refuted).toBe(false)
  // Put together again from the transactions of two machines.
  expect(state).toMatchObject({ truth: 'passed', commitment: 'passed', score: 'passed', recount: 'passed' })
})

test('a stranger with the disclosure opens the same work at once: both are told the score, and a lost race costs a fee alone', async () => {
  const [solver, stranger, other] = await world.fixture.people(3)
  const { works } = await silent([solver!, other!], true)
  const [{ mine, bytes: disclosure, drafts }, theirs] = works as [(typeof works)[0], (typeof works)[0]]
  // The stranger opens all of it while the solver's wallet asks whether to sign the first chunk.
  const slow = signsAfter(solver!, () => appealSubmission(world.client, mine, { disclosure }, stranger!))
  const steps: number[] = []
  const done = await appealSubmission(world.client, mine, { drafts }, slow, { onChunk: (open) => steps.push(open) })
  expect(done).toMatchObject({ score: 9_000_000n, ruledFrom: null })
  expect(steps).toEqual([CHUNKS])

  const both = [solver!, stranger!].map((who) =>
    appealSubmission(world.client, theirs.mine, { disclosure: theirs.bytes }, who),
  )
  expect(await Promise.all(both)).toMatchObject([{ score: 9_000_000n }, { score: 9_000_000n }])
  expect(await readRecount(world.client, theirs.mine)).toMatchObject({ work: { scored: true, ruled: true } })
})

test('a draft on the disk of the machine that submitted is enough, in a process that knows nothing else', async () => {
  const [solver] = await world.fixture.people(1)
  const files = fileDrafts(join(world.folder, 'drafts'))
  const { challenge, works } = await silent([solver!], true)
  const { mine, drafts } = works[0]!
  const key = { network: world.config.passphrase, contract: world.config.contract, ...mine }
  const draft = (await drafts.read(key))!
  await files.write(draft)
  await files.originals!.keep(key, (await drafts.originals!.read(key))!)
  const begun = new AbortController()
  const broken = appealSubmission(world.client, mine, { drafts: files }, solver!, {
    signal: begun.signal,
    onChunk: () => begun.abort(),
  })
  await expect(broken).rejects.toThrow()
  const again = fileDrafts(join(world.folder, 'drafts'))
  const done = await appealSubmission(createClient(world.config), mine, { drafts: again }, solver!)
  expect(done).toMatchObject({ challenge, score: 9_000_000n })
})

const BIN = fileURLToPath(new URL('../../bin/stellartrain.js', import.meta.url))

function runAppeal(name: string, signer: Keypair): ChildProcess {
  const { rpcUrl, passphrase, contract, ipfsUrl, recount } = world.config
  const env = {
    ...{ PATH: process.env.PATH, HOME: world.folder, STELLARTRAIN_SECRET: signer.secret() },
    ...{ RPC_URL: rpcUrl, NETWORK_PASSPHRASE: passphrase, CONTRACT_ADDRESS: contract, IPFS_URL: ipfsUrl },
    RECOUNT_CONTRACT_ADDRESS: recount!,
  }
  const args = [BIN, 'appeal', name, '--disclosure', 'mine.disclosure']
  return spawn(process.execPath, args, { cwd: world.folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Kills it as soon as it says that a chunk is open. */
async function firstChunk(child: ChildProcess): Promise<string> {
  let said = ''
  const { promise, resolve } = Promise.withResolvers<string>()
  const hear = (text: Buffer) => {
    said += text.toString()
    if (said.includes('Opened chunk')) child.kill('SIGKILL')
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  child.on('exit', () => resolve(said))
  return promise
}
