/**
 * The fourth invariant, with the code that runs: random stories are played on the real contract, and what its events add up to is
 * what it stores, field by field; what the rules say of that is what the contract answers.
 *
 * `STORIES` names other seeds, separated by commas.
 */
import { FLAG } from '@stellartrain/contracts-client/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rebuild } from './sync/rebuild.ts'
import { type Network, startNetwork } from './testing/network.ts'
import { createPlayer } from './testing/play.ts'
import { createChance } from './testing/random.ts'
import { dumpTables, withClient } from './testing/tables.ts'

const SEEDS = (process.env.STORIES ?? '3,5').split(',').map(Number)

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

test('every kind of call was taken in these stories, and everything happened that can', async () => {
  const calls = ['cancel', 'accept', 'top_up', 'register', 'submit', 'post_scores', 'settle', 'rule', 'post_ranking']
  calls.push('post_earnings', 'claim', 'release_payment', 'reveal', 'withdraw_fees', 'close')
  expect([...taken.keys()].toSorted()).toEqual(calls.toSorted())
  const all = <Row>(text: string) =>
    withClient(network.dbUrl, async (client) => (await client.query(text)).rows as Row[])
  const submissions = await all<{ status: string; by: string; flags: number }>(
    'select status, by, flags from submissions',
  )
  const statuses = new Set(submissions.map(({ status }) => status))
  for (const status of ['pending', 'scored', 'rejected', 'unsettled', 'void']) expect(statuses).toContain(status)
  expect(submissions.map(({ by }) => by)).toContain('judge')
  const flags = submissions.reduce((seen, one) => seen | one.flags, 0)
  expect([FLAG.carried, FLAG.passed, FLAG.prizePaid].filter((flag) => (flags & flag) === 0)).toEqual([])
  const placed = await all<{ placed: string | null }>('select distinct placed from challenges')
  expect(placed.length).toBeGreaterThan(1)
})

test('what was written page by page is what the archive adds up to', async () => {
  const before = await dumpTables(network.dbUrl)
  await withClient(network.dbUrl, rebuild)
  expect(await dumpTables(network.dbUrl)).toEqual(before)
})
