/** Three oracles who do not agree, a place that is kept, and a judge: told by the sdk and the command, on a real ledger. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { releasePayment, settleSubmissions } from '../challenge/challenge-admin.ts'
import { readFacts } from '../challenge/context.ts'
import { readSubmission } from '../submit/submission-status.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, predictions, startWorld, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'
import { readUndecided } from './judge.ts'

let world: World
let oracles: [TestOracle, TestOracle, TestOracle]
let maker: Keypair
let judge: Keypair
beforeAll(async () => {
  world = await startWorld()
  oracles = [await world.oracle(), await world.oracle(), await world.oracle()]
  ;[maker, judge] = (await world.fixture.people(2)) as [Keypair, Keypair]
})
afterAll(() => world.close())

const HOUR = 3_600
const story = async (challenge: number, number: number) =>
  (await readSubmission(world.client, { challenge, number })).story
const check = async (challenge: number, number: number, id: string) =>
  (await verify(world.client, { challenge, number })).checks.find((one) => one.id === id)

test('a place is kept for what the oracles have not agreed on, who waits is told for whom, and the judge decides', async () => {
  const { client, fixture } = world
  const [first, second] = (await fixture.people(2)) as [Keypair, Keypair]
  const challenge = await world.open(maker, oracles, { judge: { address: judge.publicKey() }, patienceSeconds: 60 })
  const one = await submitFile(client, { challenge, csv: predictions(1), signer: first })
  await submitFile(client, { challenge, csv: predictions(2), signer: second })
  const [a, b, c] = oracles
  // A scores #1, B says that it is no file of this challenge, C is silent on it; A and B agree on #2.
  await a.gradeAll(challenge, { settle: false })
  await b.gradeAll(challenge, { settle: false, instead: { 1: bytes('id,label\nr000,cat\n') } })
  expect(await story(challenge, 1)).toMatchObject({
    label: 'In the queue (1st)',
    why: '2 of 3 oracles voted, and no 2 agree',
  })
  await expect(settleSubmissions(client, challenge, first)).rejects.toMatchObject({ code: 'nothing_to_settle' })
  await fixture.net.warp(121)
  expect((await story(challenge, 1)).can).toEqual(['settle'])
  expect(await settleSubmissions(client, challenge, first)).toMatchObject({ numbers: [1, 2] })

  expect(await story(challenge, 1)).toMatchObject({ label: 'Passed over, a place is kept', position: null })
  const waits = await story(challenge, 2)
  expect(waits).toMatchObject({ label: 'Waits for 50 XLM', final: false, can: [] })
  expect(waits.why).toBe('0.96 ≥ 0.9, and it waits: a place is kept for #1 that the oracles have not agreed on')
  expect(await check(challenge, 2, 'board')).toMatchObject({ state: 'passed', compared: { got: '#2 waits' } })
  expect(await check(challenge, 1, 'queue')).toMatchObject({
    ...{ state: 'passed', compared: { got: 'head 2, 1 kept; this one passed over, a place kept' } },
  })
  // One winner waits, so the challenge takes no more submissions; nothing of the prize is the maker's yet.
  expect((await readFacts(client, challenge)).phase).toBe('ended')

  const early = await world.run(judge, 'judge', String(challenge))
  expect(early).toMatchObject({ code: 1, out: expect.stringContaining('decides from') })
  await fixture.net.warp(30 * HOUR)
  expect((await world.run(maker, 'close', String(challenge), '--check')).out).toMatch(/50 XLM stays for what can still/)
  const { undecided } = await readUndecided(client, challenge)
  expect(undecided.map(({ number, among }) => [number, among.map(({ oracle }) => oracle)])).toEqual([
    [1, [a.address, b.address]],
  ])
  const name = `${challenge}/1`
  await writeFile(join(world.folder, 'reasons.md'), 'The file opens, and it is right in 49 of 50 rows.\n')
  const rule = (who: Keypair, ...ballot: string[]) =>
    world.run(who, 'judge', 'rule', name, '--reasons', 'reasons.md', ...ballot)
  expect(await rule(maker, '--like', a.address)).toMatchObject({
    ...{ code: 1, out: expect.stringContaining(`The judge of challenge ${challenge} is ${judge.publicKey()}`) },
  })
  const stranger = ['--score', '0.99', '--hash', 'ab'.repeat(32)]
  expect(await rule(judge, ...stranger)).toMatchObject({ code: 1, out: expect.stringContaining('among their votes') })
  expect(await rule(judge, '--like', c.address)).toMatchObject({
    code: 2,
    out: expect.stringContaining('did not grade'),
  })
  expect(await rule(judge)).toMatchObject({ code: 2 })
  expect(await rule(judge, '--like', a.address)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Ruled on #1: scored 0.98'),
  })
  expect(await story(challenge, 1)).toMatchObject({ why: 'Graded 0.98 by the judge', can: [] })
  for (const ballot of [
    ['--like', a.address],
    ['--reject', '3'],
  ])
    expect(await rule(judge, ...ballot)).toMatchObject({
      code: 1,
      out: expect.stringContaining('ruled on submission 1 already; a ballot cannot be changed'),
    })
  expect((await world.run(judge, 'judge', String(challenge))).out).toMatch(/^Nothing of challenge \d+ waits/)

  await fixture.net.warp(30 * HOUR)
  expect(await story(challenge, 1)).toMatchObject({
    status: 'scored',
    unwritten: true,
    can: ['settle', 'release'].slice(1),
  })
  const sent = await releasePayment(client, { challenge, solver: one.solver, attempt: 1 }, second)
  expect(sent.amount).toBe(50_0000000n)
  expect(await story(challenge, 1)).toMatchObject({ label: 'Won 50 XLM', final: true })
  expect((await story(challenge, 2)).why).toContain('the only place went to lower numbers')
  expect(await check(challenge, 1, 'decision')).toMatchObject({
    ...{ state: 'passed', note: `by the judge ${judge.publicKey()}` },
  })
  for (const number of [1, 2]) expect((await verify(client, { challenge, number })).refuted, `#${number}`).toBe(false)
})

test('a judge ranks where the oracles do not; the prizes go by its last ranking, and verify calls that its word', async () => {
  const { client, fixture } = world
  const people = (await fixture.people(2)) as [Keypair, Keypair]
  const partedTruth = (await import('../testing/world.ts')).partedTruth
  const challenge = await world.open(maker, oracles, {
    ...{ judge: { address: judge.publicKey() }, truth: partedTruth, threshold: '0.5', winners: undefined },
    ...{ payout: { rule: 'ranked', prizes: ['60', '40'] }, reward: undefined },
  } as never)
  for (const [index, signer] of people.entries())
    await submitFile(client, { challenge, csv: predictions(index), signer })
  for (const oracle of oracles) await oracle.gradeAll(challenge)
  await fixture.net.warp(30 * HOUR)
  expect((await story(challenge, 1)).next?.says).toMatch(
    /^The judge may rank before .*; else the running table decides/,
  )
  const listed = async () => (await world.run(judge, 'judge', String(challenge))).out
  expect(await listed()).toMatch(
    new RegExp(`^The ranking is undecided: .judge rank ${challenge} .*, before 2\\S+ .*the running table pays\\.\n$`),
  )
  const csv = `solver,attempt,score\n${people[1].publicKey()},1,0.9\n${people[0].publicKey()},1,0.8\n`
  await writeFile(join(world.folder, 'ranking.csv'), csv)
  await writeFile(join(world.folder, 'reasons.md'), 'By hand.\n')
  const args = ['judge', 'rank', String(challenge), '--file', 'ranking.csv', '--reasons', 'reasons.md']
  expect(await world.run(judge, ...args)).toMatchObject({ code: 0, out: expect.stringContaining('Ranked 2 places') })
  expect(await listed()).toMatch(/^The judge ranked; a later ranking replaces that one: /)
  await fixture.net.warp(30 * HOUR)
  expect(await story(challenge, 2)).toMatchObject({
    ...{ label: '1st: 60 XLM', why: 'first place with 0.9 by the judge’s ranking', can: ['release'] },
  })
  await releasePayment(client, { challenge, solver: people[1].publicKey(), attempt: 1 }, maker)
  expect(await check(challenge, 2, 'private_score')).toMatchObject({ state: 'open', why: 'judged', outlook: 'never' })
  expect(await check(challenge, 2, 'prize')).toMatchObject({ state: 'passed', compared: { got: '60 XLM' } })
})

test('a jury is a judge: deployed, shown and voted in by command, and the majority rules', async () => {
  const { client, fixture } = world
  const jurors = (await fixture.people(3)) as [Keypair, Keypair, Keypair]
  const named = jurors.flatMap((juror) => ['--juror', juror.publicKey()])
  expect(await world.run(maker, 'jury', 'deploy', ...named.slice(2))).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('an odd number of different jurors') },
  })
  const deployed = await world.run(maker, 'jury', 'deploy', ...named)
  const contract = /^The jury (C\w+) is deployed\./.exec(deployed.out)?.[1] ?? ''
  expect((await world.run(maker, 'jury', 'deploy', ...named)).out).toContain(`${contract} is there already`)
  expect((await world.run(maker, 'jury', 'show', contract)).out).toBe(
    `Jury ${contract}: 2 of 3 jurors rule, in challenges of ${world.config.contract}\n${jurors.map((one) => `  ${one.publicKey()}\n`).join('')}`,
  )
  const challenge = await world.open(maker, oracles, { judge: { address: contract } })
  await submitFile(client, { challenge, csv: predictions(1), signer: await fixture.person() })
  await oracles[0].gradeAll(challenge)
  await fixture.net.warp(30 * HOUR)
  await writeFile(join(world.folder, 'reasons.md'), 'One oracle is right.\n')
  const ballot = [`${challenge}/1`, '--reasons', 'reasons.md', '--like', oracles[0].address]
  const show = async () => (await world.run(maker, 'jury', 'show', String(challenge))).out
  expect(await show()).toContain('No juror has voted yet.')
  expect(await world.run(maker, 'jury', 'vote', ...ballot)).toMatchObject({
    ...{ code: 1, out: expect.stringContaining(`is ${contract}`) },
  })
  expect(await world.run(jurors[0], 'jury', 'vote', ...ballot)).toMatchObject({
    ...{ code: 0, out: expect.stringContaining('no majority yet') },
  })
  const vote = `    juror ${jurors[0].publicKey()}: scored 0.98, content `
  expect(await show()).toContain(vote)
  const waiting = (await world.run(jurors[1], 'judge', String(challenge))).out
  expect(waiting).toContain('by 2 of 3 jurors')
  expect(waiting).toContain(vote)
  expect((await story(challenge, 1)).can).toEqual(['rule'])
  expect(await world.run(jurors[1], 'judge', 'rule', ...ballot)).toMatchObject({
    ...{ code: 0, out: expect.stringContaining('Ruled on #1: scored 0.98') },
  })
  expect(await story(challenge, 1)).toMatchObject({ why: 'Graded 0.98 by the judge', can: [] })
  const both = JSON.parse((await world.run(maker, 'jury', 'show', `${challenge}/1`, '--json')).out)
  expect(both.submissions[0].votes.map(({ juror }: { juror: string }) => juror)).toEqual(
    jurors.slice(0, 2).map((juror) => juror.publicKey()),
  )
  expect(both.jury).toMatchObject({ majority: 2, known: true })
})

test('a judge that is an account or another contract is shown as no jury', async () => {
  for (const address of [judge.publicKey(), world.config.contract]) {
    const challenge = await world.open(maker, oracles, { judge: { address } })
    expect(await world.run(maker, 'jury', 'show', String(challenge))).toMatchObject({
      ...{ code: 1, out: `The judge ${address} is not a jury.\n` },
    })
  }
})

test('a contract as the judge of a ranking: the list says that a jury cannot rank', async () => {
  const { client, fixture } = world
  const { partedTruth } = await import('../testing/world.ts')
  const challenge = await world.open(maker, oracles, {
    ...{ judge: { address: world.config.contract }, truth: partedTruth, threshold: '0.5', winners: undefined },
    ...{ payout: { rule: 'ranked', prizes: ['60', '40'] }, reward: undefined },
  } as never)
  await submitFile(client, { challenge, csv: predictions(1), signer: await fixture.person() })
  await fixture.net.warp(30 * HOUR)
  const { out } = await world.run(maker, 'judge', String(challenge))
  expect(out).toMatch(/^Submissions, to be ruled on before 2\S+.*:\n {2}1 {2}G/)
  expect(out).toContain('a jury cannot rank')
})
