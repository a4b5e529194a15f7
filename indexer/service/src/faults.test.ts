/** A few of the bad days of `npm run faults`, which has 200; `SEEDS` names others, separated by commas. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Network, startNetwork } from './testing/network.ts'
import { createPlayer } from './testing/play.ts'
import { createChance } from './testing/random.ts'
import { type Day, liveThrough } from './testing/seed.ts'

const SEEDS = process.env.SEEDS?.split(',').map(Number) ?? Array.from({ length: 20 }, (_, index) => index + 1)

let network: Network

beforeAll(async () => {
  network = await startNetwork()
  const player = await createPlayer(network, createChance(4), 3)
  await player.steps(25)
  await player.goTo('grading')
  await player.steps(15)
  await network.net.warp(0)
  await network.caughtUp()
}, 300_000)

afterAll(() => network?.close())

test('tables come to a calm run or say what differs, and nothing that differs was ever unmarked', async () => {
  const days: Day[] = []
  for (const seed of SEEDS) days.push(await liveThrough(network, { seed }))
  expect(days.filter(({ problems }) => problems.length > 0)).toEqual([])
  // They were bad days indeed.
  const sum = (read: (day: Day) => number) => days.reduce((all, day) => all + read(day), 0)
  expect(sum(({ accidents }) => Object.keys(accidents).length)).toBeGreaterThan(SEEDS.length)
  expect(sum(({ marked }) => marked)).toBeGreaterThan(0)
}, 600_000)
