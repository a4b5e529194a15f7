/**
 * The fourth invariant, with the code that runs: random stories are played on the real contract, and what its events add up to is
 * what it stores, field by field; what the rules say of that is what the contract answers.
 *
 * `STORIES` names other seeds, separated by commas. Keys and the clock are new each time, so a seed is not the same story twice.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rebuild } from './sync/rebuild.ts'
import { type Network, startNetwork } from './testing/network.ts'
import { createPlayer } from './testing/play.ts'
import { createChance } from './testing/random.ts'
import { dumpTables, withClient } from './testing/tables.ts'

const SEEDS = (process.env.STORIES ?? '3').split(',').map(Number)

let network: Network
const taken = new Map<string, number>()

beforeAll(async () => {
  network = await startNetwork({ pageLimit: 7 })
})

afterAll(() => network?.close())

test.each(SEEDS)(
  'story %i',
  async (seed) => {
    const player = await createPlayer(network, createChance(seed), 7)
    const check = async (part: string) => expect(await network.differences(), `${part} of story ${seed}`).toEqual([])
    for (let part = 1; part <= 3; part++) {
      await player.steps(60)
      await check(`open ${part}`)
    }
    for (const phase of ['grading', 'ranking', 'judging', 'over'] as const) {
      await player.goTo(phase)
      await player.steps(phase === 'grading' ? 60 : 30)
      await check(phase)
    }
    await player.finish()
    await check('the end')
    for (const [name, times] of player.taken) taken.set(name, (taken.get(name) ?? 0) + times)
  },
  300_000,
)

test('a story is not a short one: most calls were taken, and submissions ended in several ways', async () => {
  const often = ['accept', 'submit', 'post_scores', 'settle', 'release_payment', 'close']
  expect([...taken.keys()]).toEqual(expect.arrayContaining(often))
  expect(taken.size).toBeGreaterThanOrEqual(11)
  const { rows } = await withClient(network.dbUrl, (client) => client.query('select distinct status from submissions'))
  expect(rows.length).toBeGreaterThanOrEqual(3)
})

test('what was written page by page is what the archive adds up to', async () => {
  const before = await dumpTables(network.dbUrl)
  await withClient(network.dbUrl, (client) => rebuild(client))
  expect(await dumpTables(network.dbUrl)).toEqual(before)
})
