/** A ranking as people see it: planned, shown while it runs, paid, and recomputed from public data alone. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { readBalance, readToken } from '@stellartrain/contracts-client'
import type { Opening } from '@stellartrain/ipfs-content/opening'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { releasePayment } from '../challenge/challenge-admin.ts'
import { readSubmission, watchSubmission } from '../submit/submission-status.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { inHours, partedTruth, planOf, startWorld, truthCsv, type World, wrongIn } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  maker = await world.fixture.person()
})
afterAll(() => world.close())

const HOUR = 3_600
const payout = { rule: 'ranked' as const, prizes: ['60', '40'] }
const ranked = { payout, truth: partedTruth, threshold: '0.5', publishes: { truth: true, submissions: 'all' } } as const

/** Publicly the first leads the second and the third; privately the second leads the third and the first. */
const FILES = [wrongIn(...Array.from({ length: 12 }, (_, row) => 10 + row)), wrongIn(0), wrongIn(0, 1, 20, 21)]

async function compete(changes: object = {}, oracles = [oracle]): Promise<{ challenge: number; people: Keypair[] }> {
  const challenge = await world.open(maker, oracles, { ...ranked, ...changes })
  const people = await world.fixture.people(3)
  for (const [index, signer] of people.entries())
    await submitFile(world.client, { challenge, csv: FILES[index]!, signer })
  return { challenge, people }
}

/** The truth is opened after the end. */
const afterTheEnd = () => world.fixture.net.warp(30 * HOUR)

const lastStep = async (challenge: number, number: number) =>
  (await readSubmission(world.client, { challenge, number })).story.steps.at(-1)!

const failedChecks = (checks: readonly { id: string; state: string }[]) =>
  checks.filter(({ state }) => state === 'failed').map(({ id }) => id)

test('the running table is shown, the ranking decides, the prize arrives, and all of it is recomputed', async () => {
  const { client, fixture } = world
  const { challenge, people } = await compete()
  await oracle.gradeAll(challenge)
  expect(await lastStep(challenge, 1)).toMatchObject({ label: '1st so far: would bring 60 XLM now', state: 'active' })
  expect(await lastStep(challenge, 3)).toMatchObject({ label: 'No place so far', state: 'active' })
  const running = (await world.run(maker, 'status', String(challenge))).out
  expect(running).toContain('60 XLM, 40 XLM by rank after the deadline')
  expect(running).toMatch(
    /the running table on the public rows, and what it would bring now; the prizes go by the private rows\n +1 +G\w+ +1 .*60 XLM\n +2 /,
  )
  const before = await verify(client, { challenge, number: 1 })
  expect(before).toMatchObject({ verified: false, refuted: false })
  expect(before.checks.find(({ id }) => id === 'ranking')).toMatchObject({ state: 'open', why: 'not_final' })

  await fixture.net.warp(3 * HOUR)
  expect((await world.run(maker, 'status', String(challenge))).out).toContain('[grading]')
  const following = Array.fromAsync(watchSubmission(client, { challenge, number: 2 }, { pollMs: 20 }))
  await oracle.rank(challenge)
  expect(await lastStep(challenge, 2)).toMatchObject({ label: '60 XLM due', state: 'active' })
  expect((await readSubmission(client, { challenge, number: 2 })).story.why).toBe(
    'first place with 1 on the private rows',
  )
  expect(await lastStep(challenge, 1)).toMatchObject({ label: 'Nothing won' })
  expect((await world.run(maker, 'status', String(challenge))).out).toContain('ranking on the private rows')
  await afterTheEnd()
  await oracle.publish(challenge, [1, 2, 3])
  const due = await verify(client, { challenge, number: 2 })
  expect(due).toMatchObject({ verified: false, refuted: false })
  expect(due.checks.filter(({ state }) => state === 'open').map(({ id }) => id)).toEqual(['payment'])

  const token = await readToken(client.chain, fixture.xlm)
  const had = (await readBalance(client.chain, token, people[1]!.publicKey()))!
  for (const [number, person] of [
    [2, people[1]!],
    [3, people[2]!],
  ] as const)
    await releasePayment(client, { challenge, solver: person.publicKey(), attempt: 1 }, maker).then((sent) =>
      expect(sent.amount).toBe(number === 2 ? 60_0000000n : 40_0000000n),
    )
  expect((await readBalance(client.chain, token, people[1]!.publicKey()))! - had).toBe(60_0000000n)
  expect((await following).at(-1)).toMatchObject({ story: { final: true, amounts: { earned: 60_0000000n } } })
  expect(await lastStep(challenge, 2)).toMatchObject({ label: 'Paid 60 XLM', state: 'done' })

  const verified = await verify(client, { challenge, number: 2 })
  expect(verified.checks.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'network passed',
    'storage passed',
    'manifest passed',
    'truth passed',
    'binding passed',
    'commitment passed',
    'content_hash passed',
    'score passed',
    'decision passed',
    'board passed',
    'ranking_quorum passed',
    'private_score passed',
    'ranking passed',
    'prize passed',
    'payment passed',
  ])
  expect(verified).toMatchObject({ verified: true, paid: 60_0000000n })
  expect(await verify(client, { challenge, number: 1 })).toMatchObject({ verified: true, paid: 0n })
  const part = await verify(client, { challenge, number: 2 }, { maxFiles: 1 })
  expect(part).toMatchObject({ verified: false, refuted: false })
  expect(part.checks.find(({ id }) => id === 'ranking')).toMatchObject({
    ...{ state: 'open', outlook: 'later' },
    note: expect.stringContaining('1 of 3 entrants is not open (submission 3). Only 1 entrants'),
  })
  const tampered = await verify(client, { challenge, number: 2 }, { override: { submission: wrongIn(0, 30) } })
  expect(failedChecks(tampered.checks)).toEqual(['content_hash', 'private_score', 'ranking'])
})

test('a ranking that sinks the best private score is never certified: open while its entrants are, refuted once they are published', async () => {
  const publishes = { truth: true, submissions: 'winning' } as const
  const { challenge, people } = await compete({ publishes })
  await oracle.gradeAll(challenge)
  await world.fixture.net.warp(3 * HOUR)
  // Privately the second is the best; its places go to the third and the first.
  const sunk = () => [
    { solver: people[2]!.publicKey(), attempt: 1, score: 9_500_000n },
    { solver: people[0]!.publicKey(), attempt: 1, score: 7_000_000n },
  ]
  await oracle.rank(challenge, { lie: sunk })
  for (const index of [2, 0])
    await releasePayment(world.client, { challenge, solver: people[index]!.publicKey(), attempt: 1 }, maker)
  await afterTheEnd()
  await oracle.publish(challenge, [1, 3])
  for (const winner of [1, 3]) {
    const { code, out } = await world.run(maker, 'verify', `${challenge}/${winner}`)
    expect(code).toBe(4)
    expect(out).toContain(
      'cannot be made: 1 of 3 entrants is not open (submission 2). This challenge publishes winning submissions only.',
    )
    expect(out).toContain('cannot be verified in full. Nothing contradicts it, but 1 of 15 checks can never be made.')
  }
  const robbed = await world.run(maker, 'verify', `${challenge}/2`)
  expect(robbed).toMatchObject({ code: 4, out: expect.stringContaining('cannot be made') })

  const open = await compete({ publishes: { truth: true, submissions: 'all' } })
  await oracle.gradeAll(open.challenge)
  await world.fixture.net.warp(3 * HOUR)
  const lie = () => [2, 0].map((at, place) => ({ ...sunk()[place]!, solver: open.people[at]!.publicKey() }))
  await oracle.rank(open.challenge, { lie })
  await afterTheEnd()
  await oracle.publish(open.challenge, [1, 2, 3])
  for (const number of [1, 2, 3]) {
    const { code, out } = await world.run(maker, 'verify', `${open.challenge}/${number}`)
    expect(code).toBe(1)
    expect(out).toContain('✗ The places follow')
  }
})

test('a quorum that ranks wrongly is found out by whoever verifies, also by who lost', async () => {
  const { challenge, people } = await compete()
  await oracle.gradeAll(challenge)
  await world.fixture.net.warp(3 * HOUR)
  const lie = () => [
    { solver: people[0]!.publicKey(), attempt: 1, score: 9_900_000n },
    { solver: people[2]!.publicKey(), attempt: 1, score: 9_500_000n },
  ]
  await oracle.rank(challenge, { lie })
  await afterTheEnd()
  await oracle.publish(challenge, [1, 2, 3])
  const favored = await verify(world.client, { challenge, number: 1 })
  expect(failedChecks(favored.checks)).toEqual(['private_score', 'ranking'])
  const robbed = await verify(world.client, { challenge, number: 2 })
  expect(failedChecks(robbed.checks)).toEqual(['private_score', 'ranking'])
  expect(robbed.checks.find(({ id }) => id === 'private_score')?.compared).toEqual({
    expected: 'a place',
    got: 'no place',
  })
})

test('a quorum that grades and opens a file that it made up is never certified, and one honest opening refutes it', async () => {
  const oracles = [oracle, await world.oracle(), await world.oracle()]
  const { challenge } = await compete({}, oracles)
  // The second, the best, is to lose to the third.
  const instead = { 2: wrongIn(...Array.from({ length: 15 }, (_, row) => 12 + row)) }
  for (const one of oracles.slice(0, 2)) await one.gradeAll(challenge, { instead })
  await world.fixture.net.warp(3 * HOUR)
  for (const one of oracles.slice(0, 2)) await one.rank(challenge, { instead })
  const keyed = (fileKey?: string) => (honest: Opening) => ({
    ...honest,
    submissions: honest.submissions.map(({ fileKey: _, ...one }) => ({ ...one, ...(fileKey && { fileKey }) })),
  })
  await afterTheEnd()
  await oracles[0]!.publish(challenge, [1, 2, 3], { instead, lie: keyed() })
  const unkeyed = await verify(world.client, { challenge, number: 2 })
  expect(unkeyed).toMatchObject({ verified: false, refuted: false })
  expect(unkeyed.checks.find(({ id }) => id === 'binding')).toMatchObject({
    ...{ state: 'open', why: 'submission_not_opened', note: expect.stringContaining('has no file key') },
  })
  await afterTheEnd()
  await oracles[1]!.publish(challenge, [1, 2, 3], { instead, lie: keyed('0'.repeat(32)) })
  for (const number of [1, 2, 3]) {
    const result = await verify(world.client, { challenge, number })
    expect(result).toMatchObject({ verified: false, refuted: false })
    expect(result.checks.find(({ id }) => id === 'ranking')).toMatchObject({
      ...{ state: 'open', note: expect.stringContaining(`file key of ${oracles[1]!.address}`) },
    })
  }
  await afterTheEnd()
  await oracles[2]!.publish(challenge, [1, 2, 3])
  const exposed = await verify(world.client, { challenge, number: 2 })
  expect(failedChecks(exposed.checks)).toEqual(expect.arrayContaining(['content_hash', 'private_score', 'ranking']))
  const favored = await verify(world.client, { challenge, number: 3 })
  expect(failedChecks(favored.checks)).toEqual(['ranking'])
})

test('a submission that the oracles left out is their word, and so is the order of the others', async () => {
  const { challenge } = await compete()
  await oracle.gradeAll(challenge)
  await world.fixture.net.warp(3 * HOUR)
  await oracle.rank(challenge, { leaveOut: 2 })
  await afterTheEnd()
  await oracle.publish(challenge, [1, 2, 3])
  const left = await verify(world.client, { challenge, number: 2 })
  expect(left).toMatchObject({ verified: false, refuted: false })
  expect(left.checks.find(({ id }) => id === 'private_score')).toMatchObject({
    state: 'open',
    note: expect.stringContaining('their word'),
  })
  const counted = await verify(world.client, { challenge, number: 3 })
  expect(counted.checks.find(({ id }) => id === 'ranking')).toMatchObject({
    ...{ state: 'open', why: 'left_out', outlook: 'never' },
    note: expect.stringContaining('The oracles left out submission 2'),
  })
})

test('two of three oracles make the ranking; who disagrees changes nothing', async () => {
  const oracles = [oracle, await world.oracle(), await world.oracle()]
  const { challenge, people } = await compete({}, oracles)
  for (const one of oracles) await one.gradeAll(challenge)
  await world.fixture.net.warp(3 * HOUR)
  await oracles[2]!.rank(challenge, { lie: (rows) => rows.slice(0, 1) })
  expect(await lastStep(challenge, 2)).toMatchObject({ label: '2nd so far: would bring 40 XLM now' })
  await oracles[0]!.rank(challenge)
  await oracles[1]!.rank(challenge)
  await releasePayment(world.client, { challenge, solver: people[1]!.publicKey(), attempt: 1 }, maker)
  await afterTheEnd()
  await oracles[1]!.publish(challenge, [1, 2, 3])
  expect(await verify(world.client, { challenge, number: 2 })).toMatchObject({ verified: true, paid: 60_0000000n })
})

test('without a ranking the running table pays in full, and follows from the published files', async () => {
  const { challenge, people } = await compete()
  await oracle.gradeAll(challenge)
  const late = await world.fixture.person()
  await submitFile(world.client, { challenge, csv: wrongIn(1), signer: late })
  await world.fixture.net.warp(27 * HOUR)
  expect((await world.run(maker, 'status', String(challenge))).out).toContain('no one ranked in time')
  expect(await lastStep(challenge, 1)).toMatchObject({ label: '60 XLM due' })
  await releasePayment(world.client, { challenge, solver: people[0]!.publicKey(), attempt: 1 }, maker)
  await afterTheEnd()
  await oracle.publish(challenge, [1, 2, 3])
  const result = await verify(world.client, { challenge, number: 1 })
  expect(result).toMatchObject({ verified: true, paid: 60_0000000n })
  expect(result.checks.find(({ id }) => id === 'private_score')).toMatchObject({ why: 'not_applicable' })
})

test('a ranking is planned in a file; what could not be ranked is refused before anything is spent', async () => {
  const { datasets, truth: _, ...plan } = planOf([oracle], { ...ranked, deadline: inHours(world.fixture, 2) })
  for (const dataset of datasets) await writeFile(join(world.folder, dataset.name), dataset.bytes)
  await writeFile(join(world.folder, 'parted.csv'), partedTruth)
  await writeFile(join(world.folder, 'whole.csv'), truthCsv)
  const files = datasets.map(({ name, role }) => ({ name, role, file: name }))
  const create = async (changes: object) => {
    const json = { ...plan, datasets: files, truth: 'parted.csv', ...changes }
    await writeFile(join(world.folder, 'plan.json'), JSON.stringify(json))
    return world.run(maker, 'create', 'plan.json', '--check')
  }
  const looked = await create({})
  expect(looked).toMatchObject({ code: 0, out: expect.stringContaining('60 XLM, 40 XLM, by the private rows') })
  expect(looked.out).toMatch(/score +accuracy, higher is better/)
  expect(looked.out).toMatch(/attempts +20 per solver, 5 a day/)
  expect(looked.out).not.toContain('can recompute')
  const closed = await create({ publishes: { truth: true, submissions: 'winning' } })
  expect(closed.out).toMatch(/! Only winning submissions are published, so no one can recompute the ranking/)
  expect((await create({ publishes: undefined, deposit: '1' })).out).toMatch(
    /deposit +1 XLM .*\n[\s\S]*publishes +after the end, the truth and all scored submissions/,
  )
  expect(looked.out).toMatch(/10 public .* 40 private: perfect 1/)
  expect(await create({ truth: 'whole.csv' })).toMatchObject({ code: 1, out: expect.stringContaining('usage') })
  expect(await create({ payout: { rule: 'ranked', prizes: ['1', '2'] } })).toMatchObject({ code: 1 })
  expect(await create({ payout: { rule: 'ranked', prizes: '1' } })).toMatchObject({ code: 2 })
  const unserved = await create({ payout: { rule: 'lottery' } })
  expect(unserved).toMatchObject({ code: 2, out: expect.stringContaining('"payout.rule" of the plan is "lottery"') })
})
