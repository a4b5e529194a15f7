/** An RPC that fails, repeats itself, cuts answers short or loses them: everything is still graded once and paid once. */
import { Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { predictions } from './data.ts'
import { type Fate, startRpcProxy } from './rpc-proxy.ts'
import { startWorld, statusOf, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.close())

/** Numbers that look random and are the same for the same seed. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('a quarter of all requests goes wrong', async () => {
  const random = sequence(1)
  const fates: Fate[] = ['fail', 'cut', 'lose']
  let wrong = 0
  const proxy = await startRpcProxy(world.devnet.rpcUrl, () => {
    if (random() > 1 / 4) return 'pass'
    wrong++
    return fates[Math.floor(random() * fates.length)]!
  })
  const oracle = await world.oracle(undefined, { rpcUrl: proxy.url })
  const id = await world.challenge({ oracles: [oracle.address] })
  await world.accepted(id)
  const people = await Promise.all([1, 2, 3].map(() => world.person()))
  for (const [index, solver] of people.entries())
    await world.enter(id, solver, await world.seal(id, solver, predictions(1, index)))
  await world.concluded(id, 3)
  await until(() => wrong > 5, { what: 'more than five requests to go wrong' })
  for (const solver of people)
    expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
  const posted = (await world.events()).filter((event) => event.type === 'scored' && event.challenge === id)
  const numbers = posted.flatMap((event) => (event.type === 'scored' ? event.rows.map(({ number }) => number) : []))
  expect(numbers.toSorted()).toEqual([1, 2, 3])
  await oracle.close()
  await proxy.close()
})

test('while the RPC is away the oracle says so, and works on when it is back', async () => {
  let away = false
  const proxy = await startRpcProxy(world.devnet.rpcUrl, () => (away ? 'fail' : 'pass'))
  const oracle = await world.oracle(undefined, { rpcUrl: proxy.url })
  const id = await world.challenge({ oracles: [oracle.address] })
  await world.accepted(id)
  const solver = await world.person()
  const file = await world.seal(id, solver, predictions(1))
  away = true
  await until(async () => (await statusOf(oracle)).upstreams.rpc !== null, { what: 'the RPC to be missed' })
  await world.enter(id, solver, file)
  away = false
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ flags: FLAG.prizePaid })
  await oracle.close()
  await proxy.close()
})
