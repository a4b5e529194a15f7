/**
 * Where the judge is the contract that grades: an oracle accepts once it scores as the manifest says, and if the others fall silent it opens
 * the truth by itself and has copies ruled on.
 */
import { createHash } from 'node:crypto'
import { invoke, type Terms, view } from '@stellartrain/contracts-client'
import { deployRecount, RecountMetric, type RecountRules, recountAt } from '@stellartrain/contracts-client/recount'
import { recountRules } from '@stellartrain/contracts-client/recount-rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { readRecountWasm } from '@stellartrain/contracts-client/wasm'
import type { Manifest } from '@stellartrain/ipfs-content'
import { taskOf, writeSubmission } from '@stellartrain/oracle-grade'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LABELS, predictions } from './data.ts'
import { bytes } from './files.ts'
import { startWorld, statusOf, untilRefused, type World } from './world.ts'

let world: World
let judge: string
const quick = { pollMs: 50 }

beforeAll(async () => {
  world = await startWorld()
  const wasm = await readRecountWasm()
  judge = (await deployRecount(world.chain, { wasm, stellartrain: world.contract, signer: world.maker, ...quick }))
    .contract
})
afterAll(() => world?.close())

let manifest: Manifest
const edit = (base: Manifest): Manifest => {
  manifest = {
    ...base,
    submission: { ...base.submission, columns: [{ name: 'label', type: 'string', labels: [...LABELS] }] },
  }
  return manifest
}

async function challengeOf(oracles: string[], more: Partial<Terms> = {}) {
  const now = BigInt(world.devnet.ledger().closeTime)
  const gradeBy = now + 5_000n
  const id = await world.challenge({
    ...{ oracles, edit, grade_by: gradeBy, judge: { address: judge, judge_by: gradeBy + 4_000n } },
    ...more,
  })
  return { id, gradeBy: Number(gradeBy) }
}

function rulesOf(): RecountRules {
  const found = recountRules(manifest)
  if ('why' in found) throw new Error(found.why)
  return found.rules
}

const configure = (challenge: number, rules = rulesOf()) =>
  invoke(world.chain, recountAt(judge).configure({ challenge, rules }), world.maker, quick)

const toTime = (time: number) => world.devnet.warp(Math.max(1, time - world.devnet.ledger().closeTime))

test('it waits until the judge has its rules, refuses others, and two of three fall silent: the third opens the truth by itself', async () => {
  const [first, second, third] = await Promise.all([world.oracle(), world.oracle(), world.oracle()])
  const oracles = [first!, second!, third!].map(({ address }) => address)
  const other = await challengeOf([third!.address])
  await configure(other.id, { ...rulesOf(), metric: RecountMetric.F1Macro })
  expect(await untilRefused(third!, other.id)).toMatchObject({ code: 'judge_differs' })

  const { id, gradeBy } = await challengeOf(oracles)
  await until(async () => (await statusOf(first!)).retrying.some(({ code }) => code === 'judge_not_ready'), {
    what: 'the oracle to wait for the rules',
  })
  expect((await world.state(id)).accepted).toEqual([0, 0, 0])
  await configure(id)
  await world.accepted(id)
  await Promise.all([first!.close(), second!.close()])
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(1)))
  expect(await view(world.chain, recountAt(judge).truth({ challenge: id }))).toBeFalsy()
  await toTime(gradeBy)
  const truth = await until(
    async () => {
      const found = await view(world.chain, recountAt(judge).truth({ challenge: id }))
      return found?.complete ? found : undefined
    },
    { what: 'the truth to be open' },
  )
  expect(truth.rows).toBe(30)
})

test('where identical content is a copy, it has the judge rule once works are opened no more', async () => {
  const oracle = await world.oracle()
  const { id, gradeBy } = await challengeOf([oracle.address], { unique_content: true })
  await configure(id)
  await world.accepted(id)
  const people = await Promise.all([world.person(), world.person()])
  const csv = predictions(1)
  const files = []
  // No file is handed out, so the oracle cannot grade.
  for (const solver of people) {
    const file = await world.seal(id, solver, csv)
    await world.enter(id, solver, file, { to: [] })
    files.push(file)
  }
  await toTime(gradeBy)
  const at = recountAt(judge)
  await until(async () => (await view(world.chain, at.truth({ challenge: id })))?.complete, { what: 'an open truth' })
  const form: Uint8Array[] = []
  writeSubmission(bytes(csv), taskOf(manifest).shape, { update: (piece) => void form.push(piece.slice()) })
  const chunk = new Uint8Array(Buffer.concat(form))
  const hashes = new Uint8Array(createHash('sha256').update(chunk).digest())
  // The copy is opened first.
  for (const index of [1, 0]) {
    const solver = people[index]!
    const work = { challenge: id, solver: solver.publicKey(), attempt: 1, nonce: files[index]!.nonce }
    await invoke(world.chain, at.openWork({ ...work, hashes, place: 0, chunk }), solver, quick)
  }
  const frozen = await view(world.chain, at.rules({ challenge: id }))
  await toTime(Number(frozen!.open_until))
  const ballots = () => Promise.all(people.map(async (solver) => (await world.submission(id, solver)).votes))
  const [own, copy] = await until(
    async () => {
      const cast = (await ballots()).map((votes) => votes.find(({ by }) => by === 253))
      return cast.every((one) => one !== undefined) ? cast : undefined
    },
    { what: 'both rulings' },
  )
  expect(own).toMatchObject({ reason: 0, score: 9_666_000n })
  expect(copy).toMatchObject({ reason: 100 })
})
