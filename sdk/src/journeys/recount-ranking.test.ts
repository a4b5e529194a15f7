/** The ranking that the judge that grades posts, verified from the ledger alone: what it must hold against, and what leaves it open. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import { invoke, view } from '@stellartrain/contracts-client'
import { recountAt } from '@stellartrain/contracts-client/recount'
import { readRecountWasm } from '@stellartrain/contracts-client/wasm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleSubmissions } from '../challenge/challenge-admin.ts'
import { createChallenge, prepareChallenge } from '../create/create.ts'
import { memoryDrafts } from '../drafts/drafts.ts'
import { appealSubmission, deployRecount, openTruthForRecount } from '../judge/recount.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { inHours, partedTruth, planOf, startWorld, type World, wrongIn } from '../testing/world.ts'
import { type Evidence, gather } from '../verify/evidence.ts'
import { checkJudgesRanking } from '../verify/recount-check.ts'
import { gatherRecount, type RecountEvidence, type ShownForm, type ShownWork, workName } from '../verify/recounted.ts'
import { verify } from '../verify/verify.ts'

const HOUR = 3_600
const DAY = 24 * HOUR
/** Ledgers that the RPC knows: more than the tests close. */
const RETENTION = 600

let world: World
let oracle: TestOracle
let maker: Keypair
let challenge: number
let solvers: Keypair[]
beforeAll(async () => {
  world = await startWorld({ retention: RETENTION })
  oracle = await world.oracle()
  maker = await world.fixture.person()
  world.config.recount = (await deployRecount(world.client, await readRecountWasm(), maker)).contract
  // Private rows are those from the tenth on, 40 of them.
  const files = [
    [wrongIn(10, 11)],
    [wrongIn(0, 1, 2, 10)],
    // Its better private score is the worst of its public ones, so it is not among the two that count.
    [wrongIn(0, 1, 10, 11, 12), wrongIn(0, 10, 11, 12, 13), wrongIn(0, 1, 2, 3)],
    // Below the threshold.
    [wrongIn(10, 11, 12, 13, 14, 15, 16, 17, 18, 19)],
    // Opens nothing.
    [wrongIn()],
  ]
  solvers = await world.fixture.people(files.length)
  challenge = await judged(solvers, files, { opens: ({ solver }) => solver !== solvers[4]!.publicKey() })
})
afterAll(() => world?.close())

type Opens = { opens: (mine: { solver: string; attempt: number }) => boolean }

/** A ranking whose oracle falls silent; the truth and these works are opened, and the judge's time is over. */
async function judged(who: Keypair[], files: Uint8Array[][], { opens }: Opens, more = {}): Promise<number> {
  const prepared = await prepareChallenge(
    world.client,
    {
      ...planOf([oracle], {
        deadline: inHours(world.fixture, 2),
        payout: { rule: 'ranked', prizes: ['30', '20', '10'] },
      }),
      ...{ truth: partedTruth, judge: { address: 'recount' }, patienceSeconds: 60, step: '0.05', threshold: '0.9' },
      ...more,
    },
    maker.publicKey(),
  )
  const { challenge } = await createChallenge(world.client, prepared, maker)
  await oracle.accept(challenge)
  const works = []
  for (const [at, attempts] of files.entries())
    for (const [index, csv] of attempts.entries()) {
      const drafts = memoryDrafts()
      await submitFile(world.client, { challenge, csv, signer: who[at]!, drafts })
      works.push({ mine: { challenge, solver: who[at]!.publicKey(), attempt: index + 1 }, drafts })
    }
  await world.fixture.net.warp(2 * HOUR + DAY + 120)
  await openTruthForRecount(world.client, { challenge, truth: partedTruth, salt: prepared.salt }, maker)
  for (const { mine, drafts } of works) if (opens(mine)) await appealSubmission(world.client, mine, { drafts }, maker)
  return challenge
}

/** Everything is final; settling pays what is due. */
async function over(id: number) {
  await world.fixture.net.warp(2 * DAY)
  await settleSubmissions(world.client, id, maker)
}

const stateOf = (checks: readonly { id: string; state: string; outlook: string | null }[]) =>
  Object.fromEntries(checks.map((check) => [check.id, check.outlook ?? check.state]))

test('a truthful one verifies from the ledger alone, for who won, who did not reach it, and who opened nothing', async () => {
  await over(challenge)
  const first = await verify(world.client, { challenge, solver: solvers[1]!.publicKey(), attempt: 1 })
  expect(stateOf(first.checks)).toMatchObject({
    ...{ truth: 'passed', commitment: 'passed', score: 'passed', recount: 'passed', decision: 'passed' },
    ...{ ranking_quorum: 'not_applicable', private_score: 'passed', ranking: 'passed' },
  })
  expect(first.checks.find(({ id }) => id === 'ranking')?.compared?.got).toMatch(/^2: 0\.975, 1: 0\.95, 3: 0\.925$/)
  expect(first.checks.filter(({ state }) => state === 'failed')).toEqual([])
  expect(first).toMatchObject({ verified: true, refuted: false, paid: 300_000_000n })
  expect((await world.run(maker, 'verify', `${challenge}/${first.number}`)).code).toBe(0)

  const below = await verify(world.client, { challenge, solver: solvers[3]!.publicKey(), attempt: 1 })
  expect(stateOf(below.checks)).toMatchObject({ private_score: 'passed', ranking: 'passed' })
  const unopened = await verify(world.client, { challenge, solver: solvers[4]!.publicKey(), attempt: 1 })
  expect(stateOf(unopened.checks)).toMatchObject({ private_score: 'not_applicable', ranking: 'passed' })
  expect(unopened.refuted).toBe(false)
})

test('what the judge kept is removed by a stranger, and everything still verifies: it stands in transactions and events', async () => {
  const [stranger] = await world.fixture.people(1)
  const judge = recountAt(world.config.recount!)
  const { chain } = world.client
  await invoke(chain, judge.removeTruth({ challenge, first: 0, count: 1 }), stranger!)
  const work = { challenge, solver: solvers[1]!.publicKey(), attempt: 1 }
  await invoke(chain, judge.removeWork({ ...work, chunks: 1 }), stranger!)
  expect(await view(chain, judge.truth({ challenge }))).toBeFalsy()
  expect(await view(chain, judge.work(work))).toBeFalsy()
  expect(await verify(world.client, work)).toMatchObject({ verified: true, refuted: false })
})

test('a falsified row, another order, a missing row and a stranger’s row are refuted', async () => {
  const { honest, recount } = await evidenceOf(2)
  const failing = (places: Evidence['places']) =>
    checkJudgesRanking({ ...honest, places }, recount)
      .filter(({ state }) => state === 'failed')
      .map(({ id }) => id)
  const [first, second, third] = honest.places as [Place, Place, Place]
  expect(failing(honest.places)).toEqual([])
  const higher = { ...first, score: first.score + 1n }
  expect(failing([higher, second, third])).toEqual(['private_score', 'ranking'])
  expect(failing([first, { ...second, score: second.score - 1n }, third])).toEqual(['ranking'])
  expect(failing([second, first, third])).toEqual(['ranking'])
  expect(failing([first, second])).toEqual(['ranking'])
  expect(failing([second, third])).toEqual(['private_score', 'ranking'])
  expect(failing([])).toEqual(['private_score', 'ranking'])
  expect(failing([first, second, { ...third, number: 7 }])).toEqual(['ranking'])
})

test('a work that was changed after it was opened, or was left out, makes another ranking', async () => {
  const { honest, recount } = await evidenceOf(2)
  const ranking = (works: RecountEvidence['works']) =>
    checkJudgesRanking(honest, { ...recount, works }).find(({ id }) => id === 'ranking')?.state
  const name = workName({ solver: solvers[0]!.publicKey(), attempt: 1 })
  const work = recount.works.get(name) as ShownWork & { shown: ShownForm }
  const form = work.shown.form.slice()
  // The last label of three letters is the other one.
  form.set(new TextEncoder().encode(form.at(-1) === 'g'.charCodeAt(0) ? 'cat' : 'dog'), form.length - 3)
  const changed = (other: ShownWork) => new Map(recount.works).set(name, other)
  expect(ranking(recount.works)).toBe('passed')
  expect(ranking(changed({ ...work, shown: { ...work.shown, form } }))).toBe('failed')
  expect(ranking(changed({ ...work, said: { ...work.said!, copied: true } }))).toBe('failed')
})

test('what is missing leaves it open, never verified', async () => {
  const { honest, recount } = await evidenceOf(2)
  const open = (evidence: Evidence, of: RecountEvidence) =>
    checkJudgesRanking(evidence, of).flatMap(({ id, state, why }) => (state === 'open' ? [`${id}: ${why}`] : []))
  const quorum = 'ranking_quorum: not_applicable'
  const unmade = [quorum, 'private_score: content_unavailable', 'ranking: content_unavailable']
  const missing = { missing: 'The RPC does not have a transaction that opened a chunk of it.' }
  expect(open(honest, recount)).toEqual([quorum])
  expect(open(honest, { ...recount, truth: missing })).toEqual(unmade)
  const [[name, work]] = [...recount.works] as [[string, ShownWork]]
  const changed = (one: Partial<ShownWork>) => ({
    ...recount,
    works: new Map(recount.works).set(name, { ...work, ...one }),
  })
  expect(open(honest, changed({ shown: missing }))).toEqual(unmade)
  expect(open(honest, changed({ said: undefined }))).toEqual(unmade)
  const entries = new Map([...honest.entries].filter(([, entry]) => workName(entry) !== name))
  expect(open({ ...honest, entries }, recount)).toEqual(unmade)
  const gone = { ...recount, truth: missing, works: new Map(), gone: true }
  expect(open(honest, gone)).toEqual([quorum, 'private_score: events_gone', 'ranking: events_gone'])
})

test('where identical content is a copy, what was opened and not ruled on stands in no ranking, and none is missed', async () => {
  const who = await world.fixture.people(3)
  const files = [[wrongIn(10)], [wrongIn(10, 11)], [wrongIn(10)]]
  const id = await judged(who, files, { opens: () => true }, { uniqueContent: true })
  const judge = recountAt(world.config.recount!)
  // The last quarter of the judge's day.
  await world.fixture.net.warp(19 * HOUR)
  for (const one of [who[1]!, who[2]!])
    await invoke(world.client.chain, judge.conclude({ challenge: id, solver: one.publicKey(), attempt: 1 }), maker)
  await over(id)
  const { checks, refuted } = await verify(world.client, { challenge: id, number: 2 })
  expect(refuted).toBe(false)
  expect(checks.find(({ id }) => id === 'ranking')).toMatchObject({
    ...{ state: 'passed', compared: { got: '2: 0.95' } },
  })
})

type Place = Evidence['places'][number]

async function evidenceOf(number: number): Promise<{ honest: Evidence; recount: RecountEvidence }> {
  const honest = await gather(world.client, { challenge, number }, {}, {})
  return { honest, recount: (await gatherRecount(world.client, honest, {}))! }
}

test('from an RPC that has forgotten the judge’s time, the command says what is open and ends with 4', async () => {
  // It forgets in strides of a quarter.
  for (let ledger = 0; ledger < 1.5 * RETENTION; ledger++) await world.fixture.net.closeLedger()
  // Whose number it is, only events say.
  const name = `${challenge}/${solvers[1]!.publicKey()}/1`
  const told = await world.run(maker, 'verify', name, '--json')
  expect(told).toMatchObject({ code: 4 })
  const { checks, verified, refuted } = JSON.parse(told.out) as Awaited<ReturnType<typeof verify>>
  expect({ verified, refuted }).toEqual({ verified: false, refuted: false })
  expect(checks.filter(({ why }) => why === 'events_gone').map(({ id }) => id)).toEqual(
    expect.arrayContaining(['recount', 'private_score', 'ranking']),
  )
})
