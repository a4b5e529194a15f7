/** The loop that the product is: create → submit → grade → paid → verified, and its ways to fail, on a real ledger and IPFS node. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import { ChainFailure, cidFromString, type Rpc, readBalance, readToken, toHex } from '@stellartrain/contracts-client'
import type { Opening } from '@stellartrain/ipfs-content/opening'
import { encodeReport } from '@stellartrain/ipfs-content/report'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { releasePayment } from '../challenge/challenge-admin.ts'
import { readHistory } from '../challenge/history.ts'
import { prepareChallenge } from '../create/create.ts'
import { readReported } from '../submit/reported.ts'
import {
  readStoryFacts,
  readSubmission,
  type SubmissionOverview,
  watchSubmission,
} from '../submit/submission-status.ts'
import { CheckFailed, submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { bytes, inHours, planOf, predictions, startWorld, truthCsv, type World } from '../testing/world.ts'
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

const states = ({ story }: SubmissionOverview) => story.steps.map((step) => `${step.label}: ${step.state}`)

test('a solver is paid in the ledger after the verdict, and anybody can verify it from public data', async () => {
  const { client } = world
  const solver = await world.fixture.person()
  const challenge = await world.open(maker, [oracle])
  const steps: string[] = []
  const submitted = await submitFile(client, {
    challenge,
    csv: predictions(2),
    signer: solver,
    onProgress: (progress) => void (steps.at(-1) === progress.step || steps.push(progress.step)),
  })
  expect(submitted).toMatchObject({ challenge, number: 1, attempt: 1 })
  // On a busy machine the second taker may be waited for.
  expect(steps.filter((step) => step !== 'waiting')).toEqual([
    'checking',
    'checked',
    'sealing',
    'sealed',
    'submitting',
    'submitted',
    'handing_out',
    'taken',
    'handed_out',
  ])
  expect(oracle.intake.took).toContain(submitted.cid)
  // The IPFS node took it, too, without a sign-in.
  expect((await fetch(`${world.config.ipfsUrl}/ipfs/${submitted.cid}?format=raw`)).status).toBe(200)

  const waiting = await readSubmission(client, { challenge, number: 1 })
  expect(states(waiting)).toEqual([
    'Checked: done',
    'Sealed: done',
    'Submitted: done',
    'Handed over: todo',
    'In the queue (1st): active',
    'Graded: todo',
    'Paid: todo',
  ])
  const before = await verify(client, { challenge, number: 1 })
  expect(before).toMatchObject({ verified: false, refuted: false })
  expect(before.checks.find((check) => check.id === 'score')).toMatchObject({ state: 'open', why: 'truth_not_opened' })

  const token = await readToken(client.chain, world.fixture.xlm)
  const had = (await readBalance(client.chain, token, solver.publicKey()))!
  const following: Promise<SubmissionOverview[]> = Array.fromAsync(watchSubmission(client, submitted, { pollMs: 50 }))
  const scoreTx = await oracle.gradeAll(challenge)
  const seen = await following
  const path = seen.at(-1)!
  expect((await readBalance(client.chain, token, solver.publicKey()))! - had).toBe(50_0000000n)
  expect(states(path).slice(3)).toEqual([
    'Handed over: done',
    'In the queue: done',
    'Graded 0.96: done',
    'Paid 50 XLM: done',
  ])
  expect(path).toMatchObject({
    atRest: true,
    story: {
      ...{ status: 'scored', why: '0.96 ≥ 0.9, and it is the first to reach it', final: true },
      amounts: { sent: 50_0000000n, earned: 50_0000000n },
    },
  })
  expect(path.payment).toMatchObject({ hash: scoreTx })
  expect(path.payment!.ledger - submitted.ledger).toBeGreaterThan(0)

  await oracle.publish(challenge, [1])
  const after = await verify(client, { challenge, number: 1 })
  expect(after.checks.map((check) => `${check.id} ${check.state}`)).toEqual([
    'network passed',
    'storage passed',
    'manifest passed',
    'truth passed',
    'binding passed',
    'commitment passed',
    'content_hash passed',
    'score passed',
    'decision passed',
    'queue passed',
    'board passed',
    'prize passed',
    'payment passed',
  ])
  expect(after).toMatchObject({ verified: true, refuted: false, paid: 50_0000000n, paymentTx: scoreTx })

  // Others are asked as well: one that says the same, one that leaves out events, one that is away.
  const { rpc } = client.chain
  const other = (change: (method: string, answer: object) => object): Rpc => ({
    url: 'https://other.example',
    request: async <T>(...[method, params, options]: Parameters<Rpc['request']>) =>
      change(method, await rpc.request<object>(method, params, options)) as T,
  })
  const agreement = async (...others: Rpc[]) => {
    const result = await verify(client, { challenge, number: 1 }, { others })
    const { state, compared, why, note } = result.checks.at(-1)!
    return { verified: result.verified, refuted: result.refuted, state, got: compared?.got, why, note }
  }
  const honest = other((_, answer) => answer)
  const liar = other((method, answer) => (method === 'getEvents' ? { ...answer, events: [] } : answer))
  const away = other(() => {
    throw new ChainFailure('rpc_unreachable', 'It does not answer.', { retryable: true })
  })
  expect(await agreement(honest)).toMatchObject({ verified: true, state: 'passed', note: 'Also by other.example.' })
  expect(await agreement(honest, liar)).toMatchObject({
    ...{ verified: false, refuted: true, state: 'failed', got: 'other events from other.example' },
  })
  expect(await agreement(away)).toMatchObject({ verified: false, refuted: false, why: 'rpc_unanswered' })

  const tampered = await verify(client, { challenge, number: 1 }, { override: { submission: predictions(3) } })
  expect(tampered).toMatchObject({ verified: false, refuted: true })
  expect(tampered.checks.filter((check) => check.state === 'failed').map((check) => check.id)).toEqual([
    'content_hash',
    'score',
  ])
  // The same rows in another order, with other line ends, are the same content.
  const reordered = bytes(new TextDecoder().decode(predictions(2, (all) => all.reverse())).replaceAll('\n', '\r\n'))
  expect(await verify(client, { challenge, number: 1 }, { override: { submission: reordered } })).toMatchObject({
    verified: true,
  })
  const otherTruth = bytes(new TextDecoder().decode(truthCsv).replace('r000,dog', 'r000,cat'))
  const forged = await verify(client, { challenge, number: 1 }, { override: { truth: otherTruth } })
  expect(forged.checks.find((check) => check.id === 'truth')).toMatchObject({ state: 'failed' })
})

test('an oracle that posts a wrong score is found out by whoever verifies', async () => {
  const solver = await world.fixture.person()
  const challenge = await world.open(maker, [oracle])
  await submitFile(world.client, { challenge, csv: predictions(20), signer: solver })
  await oracle.gradeAll(challenge, { lie: () => 9_999_999n })
  await oracle.publish(challenge, [1])
  const result = await verify(world.client, { challenge, number: 1 })
  expect(result.refuted).toBe(true)
  expect(result.checks.find((check) => check.id === 'score')).toMatchObject({
    state: 'failed',
    compared: { expected: '0.9999', got: '0.6' },
  })
})

test('false openings change nothing about an honest verdict once one opening is honest', async () => {
  const { client } = world
  const solver = await world.fixture.person()
  const oracles = [oracle, await world.oracle(), await world.oracle()]
  const challenge = await world.open(maker, oracles)
  await submitFile(client, { challenge, csv: predictions(2), signer: solver })
  for (const one of oracles.slice(0, 2)) await one.gradeAll(challenge)
  await world.fixture.net.warp(30 * 3_600)
  const wrongSealed = (honest: Opening) => ({
    ...honest,
    truth: { ...honest.truth, bytes: Number.MAX_SAFE_INTEGER },
    submissions: honest.submissions.map((one) => ({ ...one, sealed: honest.truth.cid, bytes: 2 ** 50 })),
  })
  await oracles[0]!.publish(challenge, [1], { instead: { 1: predictions(9) }, lie: wrongSealed })
  const otherAuthor = (honest: Opening) => ({ ...honest, by: oracles[2]!.address })
  await oracles[1]!.publish(challenge, [1], { lie: otherAuthor })
  const before = await verify(client, { challenge, number: 1 })
  expect(before).toMatchObject({ verified: false, refuted: false })
  expect(before.checks.find(({ id }) => id === 'binding')).toMatchObject({ state: 'open', outlook: 'later' })
  await oracles[2]!.publish(challenge, [1])
  expect(await verify(client, { challenge, number: 1 })).toMatchObject({ verified: true, paid: 50_0000000n })
})

test('a rejection of a file that the oracles made up is not certified by opening it, and refuted by the sealed file', async () => {
  const { client } = world
  const solver = await world.fixture.person()
  const oracles = [oracle, await world.oracle(), await world.oracle()]
  const challenge = await world.open(maker, oracles)
  await submitFile(client, { challenge, csv: predictions(0), signer: solver })
  const instead = { 1: bytes('id,label\nr000,cat\n') }
  for (const one of oracles.slice(0, 2)) await one.gradeAll(challenge, { instead })
  await world.fixture.net.warp(30 * 3_600)
  const unkeyed = (honest: Opening) => ({
    ...honest,
    submissions: honest.submissions.map(({ fileKey: _, ...one }) => one),
  })
  await oracles[0]!.publish(challenge, [1], { instead, lie: unkeyed })
  const rejection = async () =>
    (await verify(client, { challenge, number: 1 })).checks.find(({ id }) => id === 'rejection')
  expect(await rejection()).toMatchObject({ state: 'open', why: 'submission_not_opened' })
  await oracles[2]!.publish(challenge, [1])
  expect(await rejection()).toMatchObject({ state: 'failed', compared: { got: expect.stringContaining('accepted') } })
})

test('a copy names the submission that it copies where one oracle told its content', async () => {
  const { client, fixture } = world
  const [maker, first, copier] = await fixture.people(3)
  const three = [oracle, await world.oracle(), await world.oracle()] as const
  const challenge = await world.open(maker!, [...three], { winners: 2, uniqueContent: true })
  await submitFile(client, { challenge, csv: predictions(4), signer: first! })
  await submitFile(client, { challenge, csv: predictions(10), signer: first! })
  const copy = await submitFile(client, { challenge, csv: predictions(10, (all) => all.reverse()), signer: copier! })
  await three[0].gradeAll(challenge, { blind: true })
  await three[1].gradeAll(challenge)
  await three[2].gradeAll(challenge)
  const { story } = await readSubmission(client, copy)
  expect(story).toMatchObject({ status: 'rejected', why: 'copy of #2' })
})

test('a copy names the submission that it copies by the report of whoever rejected it, if that can be', async () => {
  const { client, fixture, config } = world
  const [maker, first, copier] = await fixture.people(3)
  const challenge = await world.open(maker!, [oracle], { winners: 2, uniqueContent: true })
  await submitFile(client, { challenge, csv: predictions(10), signer: first! })
  const copy = await submitFile(client, { challenge, csv: predictions(10), signer: copier! })
  await oracle.gradeAll(challenge)
  const facts = await readStoryFacts(client, copy)
  const { events } = await readHistory(client, challenge)
  const copyOf = (copied: number | null) => ({ copyOf: copied, says: null })
  const reporting = async (copied: number, reason: object = { code: 100, name: 'copied_content', copied }) => {
    const report = encodeReport({
      ...{ format: 'stellartrain/grade-report', version: 1, contract: config.contract, network: '0'.repeat(64) },
      ...{ challenge, oracle: oracle.address, manifest: copy.cid, engine: { name: 'other', version: '1' } },
      metric: { id: 'accuracy', params: {}, version: 1 },
      submissions: [
        {
          ...{ number: 2, solver: copy.solver, attempt: 1, cid: copy.cid, units: 0, verdict: 'rejected' },
          ...{ score: null, contentHash: null, rows: null, reason: reason as { code: number; name: string } },
        },
      ],
    })
    const cid = cidFromString(await client.sessions.upload(report, first!))
    return events.map((event) => (event.type === 'scored' ? { ...event, report: cid } : event))
  }
  expect(await readReported(client, facts, events)).toEqual(copyOf(null))
  expect(await readReported(client, facts, await reporting(1))).toEqual(copyOf(1))
  // A lower number of another solver there has to be.
  expect(await readReported(client, facts, await reporting(2))).toEqual(copyOf(null))
  const withdrawn = (await reporting(1)).filter(({ type }) => type !== 'submitted')
  expect(await readReported(client, facts, withdrawn)).toEqual(copyOf(null))
  expect(await readReported(client, { ...facts, reason: null }, await reporting(1))).toEqual(copyOf(null))
  // What an evaluator says stands where all reports say the same.
  const refused = { ...facts, reason: { name: 'evaluator_refused', text: '' } }
  const saying = (says?: string) => reporting(1, { code: 204, name: 'evaluator_refused', ...(says && { says }) })
  const words = async (...reports: Awaited<ReturnType<typeof saying>>[]) =>
    (await readReported(client, refused, reports.flat())).says
  expect(await words(await saying('One answer for all is no answer.'))).toBe('One answer for all is no answer.')
  expect(await words(await saying())).toBe(null)
  expect(await words(await saying('One answer.'), await saying('Send the deposit again.'))).toBe(null)
  expect(await words(await reporting(1))).toBe(null)
})

test('below the threshold, a copy, and a bad file each have their own end', async () => {
  const { client } = world
  const [low, copier, careless] = await world.fixture.people(3)
  const challenge = await world.open(maker, [oracle], { winners: 2, deposit: '1', uniqueContent: true })
  const first = await submitFile(client, { challenge, csv: predictions(10), signer: low! })
  const copy = await submitFile(client, { challenge, csv: predictions(10, (all) => all.reverse()), signer: copier! })
  await expect(
    submitFile(client, { challenge, csv: bytes('id,label\nr000,bird\n'), signer: careless! }),
  ).rejects.toBeInstanceOf(CheckFailed)
  await oracle.gradeAll(challenge)
  const lowPath = await readSubmission(client, first)
  expect(states(lowPath).slice(5)).toEqual(['Graded 0.8: done', 'Nothing won: skipped'])
  expect(lowPath.story.sentence).toBe(
    'Nothing won: 0.8 is below the threshold 0.9. 1 XLM of the solver’s own money came back.',
  )
  const copyPath = await readSubmission(client, copy)
  expect(copyPath.story).toMatchObject({ status: 'rejected', why: 'copy of an earlier submission' })
  // Grading is free here, so nothing of the deposit pays for it.
  expect(copyPath.story.amounts).toMatchObject({ sent: 1_0000000n, earned: 0n, fee: 0n })
  expect(states(copyPath).slice(5)).toEqual(['Rejected: failed', 'Nothing won: skipped'])
  await world.fixture.net.warp(30 * 3_600)
  await oracle.publish(challenge, [1])
  expect(await verify(client, first)).toMatchObject({ verified: true, paid: 1_0000000n })
  // Only who has the file can show that it is a copy; its content hash is on no record.
  const copied = await verify(client, copy)
  expect(copied.checks.find(({ id }) => id === 'copies')).toMatchObject({ state: 'open', why: 'submission_not_opened' })
})

test('a held prize is shown as such, released by anybody, and verified in the releasing transaction', async () => {
  const { client, fixture } = world
  const asset = await fixture.asset('USDC')
  const [solver, stranger] = await fixture.people(2)
  await asset.give(maker, '1000')
  await asset.trust(solver!)
  const challenge = await world.open(maker, [oracle], { asset: asset.contract })
  const submitted = await submitFile(client, { challenge, csv: predictions(1), signer: solver! })
  await asset.untrust(solver!)
  await oracle.gradeAll(challenge)
  const held = await readSubmission(client, submitted)
  expect(held).toMatchObject({ atRest: true, story: { can: ['release', 'add_trustline'], amounts: { sent: 0n } } })
  expect(states(held).at(-1)).toBe('50 USDC held: failed')
  const undelivered = await verify(client, submitted)
  expect(undelivered).toMatchObject({ verified: false, refuted: false })
  expect(undelivered.checks.find(({ id }) => id === 'payment')).toMatchObject({
    ...{ state: 'open', why: 'undelivered', note: expect.stringContaining('50 USDC is due and was not sent yet') },
  })
  await asset.trust(solver!)
  await releasePayment(client, submitted, stranger!)
  const path = await readSubmission(client, submitted)
  expect(states(path).at(-1)).toBe('Paid 50 USDC: done')
  await oracle.publish(challenge, [1])
  expect(await verify(client, submitted)).toMatchObject({ verified: true, paid: 50_0000000n })
})

test('a challenge that cannot work is refused before anything is uploaded or spent', async () => {
  const { client, fixture } = world
  const prepare = (changes: object) =>
    prepareChallenge(client, planOf([oracle], { deadline: inHours(fixture, 2), ...changes }), maker.publicKey())
  await expect(prepare({ threshold: '1.01' })).rejects.toMatchObject({ code: 'metric_unsuitable' })
  await expect(prepare({ truth: bytes('id,label\nr000,cat\n') })).rejects.toMatchObject({ code: 'shape_invalid' })
  const { submission } = planOf([oracle], { deadline: inHours(fixture, 2) })
  const rows = submission.rows + 1
  // Nobody could win: a file of so many rows would name what the truth does not have.
  await expect(prepare({ submission: { ...submission, rows } })).rejects.toMatchObject({
    ...{ code: 'shape_invalid', message: expect.stringContaining(`but the truth has ${submission.rows}: set`) },
  })
  await expect(prepare({ reward: '1,5' })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(prepare({ oracles: [maker.publicKey()] })).rejects.toMatchObject({ code: 'oracle_missing' })
  const easy = await prepare({ threshold: '0.5' })
  expect(easy.warnings).toContain('A constant prediction already reaches the threshold.')
  expect(easy.money).toMatchObject({ prize: 50_0000000n, total: 50_0000000n + easy.money.feeBudget })
  expect(toHex(easy.salt)).toHaveLength(64)
})

test('when the network has forgotten the events, the rest is verified and what is missing is named', async () => {
  const forgetful = await startWorld({ retention: 12 })
  try {
    const { client, fixture } = forgetful
    const [owner, solver] = await fixture.people(2)
    const grader = await forgetful.oracle()
    const challenge = await forgetful.open(owner!, [grader])
    const submitted = await submitFile(client, { challenge, csv: predictions(2), signer: solver! })
    await grader.gradeAll(challenge)
    await grader.publish(challenge, [1])
    await fixture.people(14)
    await expect(verify(client, { challenge, number: 1 })).rejects.toMatchObject({ code: 'not_found' })
    const result = await verify(client, submitted)
    expect(result).toMatchObject({ verified: false, refuted: false })
    expect(result.checks.filter((check) => check.state !== 'passed').map((check) => [check.id, check.why])).toEqual([
      ['decision', 'events_gone'],
      ['queue', 'events_gone'],
      ['board', 'events_gone'],
      ['prize', 'events_gone'],
      ['payment', 'events_gone'],
    ])
    const path = await readSubmission(client, submitted)
    expect(path).toMatchObject({ payment: null, atRest: true, story: { status: 'scored', final: true } })
    expect(states(path).slice(5)).toEqual(['Graded 0.96: done', 'Paid 50 XLM: done'])
  } finally {
    await forgetful.close()
  }
})
