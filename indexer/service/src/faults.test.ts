/** A few of the bad days of `npm run faults`, which has 200; `SEEDS` names others, separated by commas. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Network, startNetwork } from './testing/network.ts'
import { type OwnPostgres, startOwnPostgres } from './testing/own-postgres.ts'
import { createPlayer } from './testing/play.ts'
import { createChance } from './testing/random.ts'
import { createStage, type Day, livesThrough, type Stage } from './testing/seed.ts'

const SEEDS = process.env.SEEDS?.split(',').map(Number) ?? Array.from({ length: 20 }, (_, index) => index + 1)

let network: Network
let postgres: OwnPostgres
let stage: Stage

beforeAll(async () => {
  network = await startNetwork()
  postgres = await startOwnPostgres()
  const player = await createPlayer(network, createChance(4), 3)
  await player.steps(25)
  await player.goTo('grading')
  await player.steps(15)
  await network.net.warp(0)
  await network.caughtUp()
  stage = await createStage(network, postgres)
}, 300_000)

afterAll(async () => {
  await postgres?.close()
  await network?.close()
})

test('tables come to a calm run or say what differs, and nothing that differs was ever unmarked', async () => {
  const days: Day[] = []
  await livesThrough(
    stage,
    SEEDS.map((seed) => ({ seed })),
    (day) => days.push(day),
  )
  expect(days.filter(({ problems }) => problems.length > 0)).toEqual([])
  // They were bad days indeed.
  const sum = (read: (day: Day) => number) => days.reduce((all, day) => all + read(day), 0)
  expect(sum(({ accidents }) => Object.keys(accidents).length)).toBeGreaterThan(SEEDS.length)
  expect(sum(({ marked }) => marked)).toBeGreaterThan(0)
  if (process.env.SEEDS) return
  expect(sum(({ restarts }) => restarts)).toBeGreaterThan(0)
  expect(sum(({ lies }) => Number(lies))).toBeGreaterThan(0)
}, 600_000)
