/** Where content must be unique: a copy earns nothing, and nobody gains by hiding the original or the copy. */
import { Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueueLine } from '../api/queue-view.ts'
import type { RunningOracle } from '../oracle.ts'
import { predictions } from './data.ts'
import { startWorld, type World } from './world.ts'

let world: World
let oracles: RunningOracle[]

beforeAll(async () => {
  world = await startWorld()
  oracles = [await world.oracle(), await world.oracle(), await world.oracle()]
})
afterAll(() => world?.close())

const addresses = () => oracles.map(({ address }) => address)
const COPY = { verdict: Verdict.Rejected, reason: 100 }
const PAID = { verdict: Verdict.Scored, flags: FLAG.prizePaid }
const outcome = async (id: number, solver: Awaited<ReturnType<World['person']>>, attempt = 1) =>
  world.submission(id, solver, attempt)

async function open(terms: object = {}) {
  const id = await world.challenge({ oracles: addresses(), unique_content: true, ...terms })
  await world.accepted(id)
  return id
}

/** Rows in another order, other line ends: the same content. */
const reordered = (csv: string) => {
  const [head, ...rows] = csv.trimEnd().split('\n')
  return `${[head, ...rows.reverse()].join('\r\n')}\r\n`
}

test('the same content of another solver is rejected as a copy, of the same solver it is not', async () => {
  const id = await open()
  const [first, copier] = await Promise.all([world.person(), world.person()])
  await world.enter(id, first, await world.seal(id, first, predictions(4)))
  await world.enter(id, copier, await world.seal(id, copier, reordered(predictions(4))))
  await world.enter(id, first, await world.seal(id, first, reordered(predictions(4))), { attempt: 2 })
  await world.enter(id, copier, await world.seal(id, copier, predictions(1)), { attempt: 2 })
  await world.concluded(id, 4)
  expect(await outcome(id, first)).toMatchObject({ verdict: Verdict.Scored })
  expect(await outcome(id, copier)).toMatchObject(COPY)
  expect(await outcome(id, first, 2)).toMatchObject({ verdict: Verdict.Scored })
  expect(await outcome(id, copier, 2)).toMatchObject(PAID)
  expect(await copiedIn(id, 2)).toEqual([1])
})

/** The numbers that reports name as what this one copied. */
async function copiedIn(id: number, number: number): Promise<(number | undefined)[]> {
  const reports = await world.reports(id, number)
  return [...new Set(reports.map((one) => one.submissions.find((line) => line.number === number)?.reason?.copied))]
}

test('an original that is withheld for a moment is still the original: what has its content waits', async () => {
  const id = await open()
  const [first, copier] = await Promise.all([world.person(), world.person()])
  const original = await world.seal(id, first, predictions(1))
  await world.enter(id, first, original, { to: [] })
  await world.enter(id, copier, await world.seal(id, copier, predictions(1)))
  const stage = async () => {
    const lines = (await (await fetch(`${oracles[0]!.url}/v1/queue`)).json()) as QueueLine[]
    return lines.find((line) => line.challenge === id && line.number === 2)?.state
  }
  await until(async () => (await stage()) === 'waiting_lower', { what: 'the second to wait for the first' })
  expect((await outcome(id, copier)).votes).toEqual([])
  await world.handOut(world.ipfs.url, first, original)
  await world.concluded(id, 2)
  expect(await outcome(id, first)).toMatchObject(PAID)
  expect(await outcome(id, copier)).toMatchObject(COPY)
})

test('what is withheld for good takes no content from those who hand in openly', async () => {
  const id = await open({ patience: 60n })
  const [hidden, honest] = await Promise.all([world.person(), world.person()])
  await world.enter(id, hidden, await world.seal(id, hidden, predictions(1)), { to: [] })
  await world.enter(id, honest, await world.seal(id, honest, predictions(1)))
  const attempts = async ({ url }: RunningOracle) => {
    const lines = (await (await fetch(`${url}/v1/queue`)).json()) as QueueLine[]
    return lines.find((line) => line.challenge === id && line.number === 1)?.attempts ?? 0
  }
  for (const oracle of oracles)
    await until(async () => (await attempts(oracle)) >= 3, { what: 'three attempts of each oracle' })
  await world.devnet.warp(61)
  await world.concluded(id, 2)
  expect((await outcome(id, hidden)).verdict).toBe(Verdict.Unavailable)
  expect(await outcome(id, honest)).toMatchObject(PAID)
})
