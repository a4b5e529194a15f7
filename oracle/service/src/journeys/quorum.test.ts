/** Several oracles on one challenge: a quorum pays, a liar changes nothing, and one that is gone holds up nobody for long. */
import { Verdict, view, views } from '@stellartrain/contracts-client'
import { FLAG, hasFlag } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { predictions } from './data.ts'
import { startLiar } from './liar.ts'
import { startWorld, statusOf, type World } from './world.ts'

let world: World
let oracles: RunningOracle[]

beforeAll(async () => {
  world = await startWorld()
  oracles = [await world.oracle(), await world.oracle(), await world.oracle()]
})
afterAll(() => world?.close())

const addresses = () => oracles.map(({ address }) => address)
const people = (count: number) => Promise.all(Array.from({ length: count }, () => world.person()))
const PAID = { verdict: Verdict.Scored, flags: FLAG.prizePaid }

test('three oracles that post at once agree, and each submission is paid once', async () => {
  const id = await world.challenge({ oracles: addresses(), oracle_fee: 100n, feeBudget: 10_000n })
  await world.accepted(id)
  const solvers = await people(2)
  for (const [index, solver] of solvers.entries())
    await world.enter(id, solver, await world.seal(id, solver, predictions(1, index)))
  await world.concluded(id, 2)
  for (const solver of solvers) expect(await world.submission(id, solver)).toMatchObject(PAID)
  const events = (await world.events()).filter((event) => 'challenge' in event && event.challenge === id)
  const rows = events.flatMap((event) => (event.type === 'scored' || event.type === 'settled' ? event.rows : []))
  const amount = (number: number) => rows.reduce((sum, row) => sum + (row.number === number ? row.amount : 0n), 0n)
  expect([amount(1), amount(2)]).toEqual([10_000_000n, 10_000_000n])
  const { tallies, purse } = await world.state(id)
  expect(tallies.reduce((sum, { agreed }) => sum + agreed, 0)).toBeGreaterThanOrEqual(4)
  expect(tallies.every(({ disagreed }) => disagreed === 0)).toBe(true)
  expect(purse.fees.reduce((sum, fee) => sum + fee)).toBe(2n * 2n * 100n)
})

test('two of three are enough, and the third owes nothing for what was concluded without it', async () => {
  const secret = (await world.person()).secret()
  const third = await world.oracle(secret)
  const id = await world.challenge({ oracles: [oracles[0]!.address, oracles[1]!.address, third.address] })
  await world.accepted(id)
  await third.close()
  const [first, second] = await people(2)
  await world.enter(id, first!, await world.seal(id, first!, predictions(1)))
  await world.concluded(id, 1)
  expect(await world.submission(id, first!)).toMatchObject(PAID)
  const back = await world.oracle(secret)
  await world.enter(id, second!, await world.seal(id, second!, predictions(2)))
  await world.concluded(id, 2)
  expect((await statusOf(back)).retrying).toEqual([])
  expect((await world.state(id)).tallies[2]).toMatchObject({ disagreed: 0, missing: 0 })
})

test('a liar is outvoted, on record', async () => {
  const liar = await startLiar(world)
  const id = await world.challenge({ oracles: [oracles[0]!.address, oracles[1]!.address, liar.address] })
  await liar.accept(id)
  await world.accepted(id)
  const [solver] = await people(1)
  const file = await world.seal(id, solver!, predictions(1))
  await world.enter(id, solver!, file, { to: [] })
  await liar.vote(id, solver!, { verdict: Verdict.Rejected, reason: 20 })
  await world.handOut(world.ipfs.url, solver!, file)
  await world.concluded(id, 1)
  expect(await world.submission(id, solver!)).toMatchObject(PAID)
  expect((await world.state(id)).tallies[2]).toMatchObject({ votes: 1, agreed: 0, disagreed: 1 })
})

test('what one oracle holds back as it settles is sent by the others', async () => {
  const liar = await startLiar(world)
  const silent = await startLiar(world)
  const id = await world.challenge({
    oracles: [oracles[0]!.address, liar.address, silent.address],
    deposit: 1_000n,
    oracle_fee: 0n,
  })
  await liar.accept(id)
  await silent.accept(id)
  await world.accepted(id)
  const [solver] = await people(1)
  await world.enter(id, solver!, await world.seal(id, solver!, predictions(80)))
  const own = await until(async () => (await world.submission(id, solver!)).votes[0], { what: 'the honest vote' })
  const { verdict, reason, score, content_hash, units } = own
  await liar.vote(id, solver!, { verdict, reason, score, content_hash, units, hold: true }, { settle: true })
  const concluded = (await world.events()).flatMap((event) =>
    event.type === 'scored' && event.challenge === id ? event.rows.filter(({ by }) => by !== 'open') : [],
  )
  expect(concluded).toMatchObject([{ number: 1, amount: 1_000n, flags: { held: true } }])
  await until(async () => !hasFlag((await world.submission(id, solver!)).flags, 'held'), { what: 'the release' })
  expect((await world.state(id)).purse.owed).toBe(0n)
})

test('what has no verdict in time is passed over with a place kept, those behind it are paid, and a late oracle decides it', async () => {
  const secret = (await world.person()).secret()
  const late = await world.oracle(secret)
  const liar = await startLiar(world)
  const id = await world.challenge({ oracles: [oracles[0]!.address, late.address, liar.address], patience: 30n })
  await liar.accept(id)
  await world.accepted(id)
  await late.close()
  const [stuck, next] = await people(2)
  await world.enter(id, stuck!, await world.seal(id, stuck!, predictions(1)))
  await world.enter(id, next!, await world.seal(id, next!, predictions(2)))
  await until(async () => (await world.state(id)).tallies[0]?.votes === 2, { what: 'both votes of the honest one' })
  const { score, content_hash } = (await world.submission(id, next!)).votes[0]!
  await liar.vote(id, stuck!, { verdict: Verdict.Rejected, reason: 20 })
  await liar.vote(id, next!, { verdict: Verdict.Scored, score, content_hash })
  expect((await world.state(id)).concluded).toBe(0)
  await world.devnet.warp(61)
  await world.concluded(id, 1)
  expect(await world.submission(id, next!)).toMatchObject(PAID)
  const { flags, verdict } = await world.submission(id, stuck!)
  expect([hasFlag(flags, 'passed'), hasFlag(flags, 'kept'), verdict]).toEqual([true, true, Verdict.Pending])
  await world.oracle(secret)
  await world.concluded(id, 2)
  const { verdict: decided, flags: after } = await world.submission(id, stuck!)
  expect([decided, hasFlag(after, 'kept'), hasFlag(after, 'prizePaid')]).toEqual([Verdict.Scored, false, true])
})

test('from the end on everything is concluded, decided or not', async () => {
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => world.oracle()))
  const id = await world.challenge({ oracles: [first!.address, second!.address, third!.address], deposit: 100n })
  await world.accepted(id)
  await second!.close()
  await third!.close()
  const [solver] = await people(1)
  await world.enter(id, solver!, await world.seal(id, solver!, predictions(1)))
  await until(async () => (await world.state(id)).tallies[0]?.votes === 1, { what: 'the only vote' })
  await world.devnet.warp(4_300)
  await world.concluded(id, 1)
  expect((await world.submission(id, solver!)).verdict).toBe(Verdict.Unsettled)
  const { purse } = await world.state(id)
  expect([purse.deposits, purse.owed]).toEqual([0n, 0n])
})

test('what was voted late reaches the records, and the maker its money, though neither asks: one oracle closes', async () => {
  const liar = await startLiar(world)
  const id = await world.challenge({ oracles: [oracles[0]!.address, oracles[1]!.address, liar.address] })
  await liar.accept(id)
  await world.accepted(id)
  const [solver] = await people(1)
  await world.enter(id, solver!, await world.seal(id, solver!, predictions(1)))
  await world.concluded(id, 1)
  await liar.vote(id, solver!, { verdict: Verdict.Rejected, reason: 20 })
  const onRecord = async (oracle: string) => await view(world.chain, views.oracle({ oracle }))
  expect(await onRecord(liar.address)).toMatchObject({ votes: 0, disagreed: 0 })
  await world.devnet.warp(4_300)
  const closed = await until(async () => (await world.state(id)).folded, { what: 'the records to grow' })
  expect(closed).toBe(true)
  expect(await onRecord(liar.address)).toMatchObject({ votes: 1, agreed: 0, disagreed: 1 })
  expect((await world.state(id)).purse).toMatchObject({ escrow: 0n, budget: 0n })
  // The others have had their turns by now, and a ledger more.
  const { sequence } = world.devnet.ledger()
  await until(() => world.devnet.ledger().sequence > sequence + 10, { what: 'ten ledgers' })
  const closes = (await world.events()).filter((event) => event.type === 'challenge_closed' && event.challenge === id)
  expect(closes).toMatchObject([{ prize: 40_000_000n, folded: true }])
  for (const oracle of oracles) expect((await statusOf(oracle)).retrying).toEqual([])
})

test('two processes with one key break nothing: each submission gets one vote of theirs', async () => {
  const secret = (await world.person()).secret()
  const one = await world.oracle(secret)
  await world.oracle(secret)
  const payout = { tag: 'Bounty' as const, values: [{ reward: 1_000n, winners: 50 }] as const }
  const id = await world.challenge({ oracles: [one.address], payout })
  await world.accepted(id)
  for (const [index, solver] of (await people(4)).entries())
    await world.enter(id, solver, await world.seal(id, solver, predictions(1, index)))
  await world.concluded(id, 4)
  expect((await world.state(id)).tallies[0]?.votes).toBe(4)
})
