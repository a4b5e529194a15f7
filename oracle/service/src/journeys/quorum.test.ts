/** Several oracles on one challenge: a quorum pays, races break nothing, and one that is gone holds up nobody. */
import { Verdict } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { predictions, startWorld, type World } from './world.ts'

let world: World
let oracles: RunningOracle[]

beforeAll(async () => {
  world = await startWorld()
  oracles = [await world.oracle(), await world.oracle(), await world.oracle()]
})
afterAll(() => world?.close())

const addresses = () => oracles.map(({ address }) => address)

test('three oracles that post at once agree, and the submission is paid once', async () => {
  const id = await world.challenge({ oracles: addresses(), oracle_fee: 100n, feeBudget: 10_000n })
  await world.accepted(id)
  const people = await Promise.all([1, 2].map(() => world.person()))
  for (const [index, solver] of people.entries())
    await world.enter(id, solver, await world.seal(id, solver, predictions(1, index)))
  await world.finalized(id, 2)
  await until(async () => (await world.state(id)).tallies.every(({ cursor }) => cursor === 2), {
    what: 'every vote of every oracle',
  })
  const events = (await world.events()).filter((event) => 'challenge' in event && event.challenge === id)
  const settled = events.flatMap((event) => (event.type === 'scored' || event.type === 'settled' ? event.settled : []))
  expect(settled.map(({ number, verdict, amount }) => [number, verdict, amount])).toEqual(
    [1, 2].map((number) => [number, Verdict.Scored, 10_000_000n]),
  )
  const { tallies, fees } = await world.state(id)
  expect(tallies.map(({ votes, disagreed }) => [votes, disagreed])).toEqual([
    [2, 0],
    [2, 0],
    [2, 0],
  ])
  expect(fees.reduce((sum, fee) => sum + fee)).toBe(2n * 2n * 100n)
})

test('two of three are enough, and the third catches up when it is back', async () => {
  const secret = (await world.person()).secret()
  const third = await world.oracle(secret)
  const id = await world.challenge({ oracles: [oracles[0]!.address, oracles[1]!.address, third.address] })
  await world.accepted(id)
  await third.close()
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(1)))
  await world.finalized(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: 4 })
  await world.oracle(secret)
  await until(async () => (await world.state(id)).tallies[2]?.cursor === 1, { what: 'the late vote' })
  expect((await world.state(id)).tallies[2]).toMatchObject({ votes: 1, agreed: 1, missed: 0 })
})

test('when those who are there do not agree, the submission is unsettled after patience, and the queue moves on', async () => {
  const gone = await world.oracle()
  const id = await world.challenge({ oracles: [oracles[0]!.address, gone.address, oracles[2]!.address], patience: 30n })
  await world.accepted(id)
  await gone.close()
  const [stuck, next] = await Promise.all([world.person(), world.person()])
  // Sealed for the first oracle only: the third can never open it.
  await world.enter(id, stuck, await world.seal(id, stuck, predictions(1), { seats: [0] }))
  await world.enter(id, next, await world.seal(id, next, predictions(2)))
  await until(async () => (await world.state(id)).tallies[0]?.cursor === 2, { what: 'both votes of the first' })
  await world.devnet.warp(31)
  await until(async () => (await world.state(id)).tallies[2]?.cursor === 2, { what: 'both votes of the third' })
  expect((await world.state(id)).finalized).toBe(0)
  await world.devnet.warp(31)
  await world.finalized(id, 2)
  expect((await world.submission(id, stuck)).verdict).toBe(Verdict.Unsettled)
  expect(await world.submission(id, next)).toMatchObject({ verdict: Verdict.Scored, flags: 4 })
})

test('two processes with one key break nothing: each submission gets one vote of theirs', async () => {
  const secret = (await world.person()).secret()
  const one = await world.oracle(secret)
  await world.oracle(secret)
  const payout = { tag: 'Bounty' as const, values: [{ reward: 1_000n, winners: 50 }] as const }
  const id = await world.challenge({ oracles: [one.address], payout })
  await world.accepted(id)
  const people = await Promise.all([1, 2, 3, 4].map(() => world.person()))
  for (const [index, solver] of people.entries())
    await world.enter(id, solver, await world.seal(id, solver, predictions(1, index)))
  await world.finalized(id, 4)
  expect((await world.state(id)).tallies[0]?.votes).toBe(4)
})
