/** Who hands a file over right after its submission is not turned away because this oracle saw the ledger a moment later. */
import { expect, test } from 'vitest'
import type { Challenge } from '../chain/challenge.ts'
import { challengeOf } from '../voting/challenge.fixture.ts'
import { createNamed, roomiest } from './named.ts'

test('it waits for the ledger, takes only what it accepted, and stops with the oracle', async () => {
  const stop = new AbortController()
  let known: Challenge[] = [challengeOf(1, [], { accepted: [0] })]
  const named = createNamed(() => known, stop.signal)
  const asked = named('bafy')
  known = [...known, challengeOf(2)]
  expect((await asked).map(({ id }) => id)).toEqual([2])
  known = []
  const waiting = named('bafy')
  stop.abort()
  await expect(waiting).rejects.toThrow()
})

test('those who ask for what nobody submitted keep nobody away', async () => {
  const stop = new AbortController()
  const challenge = challengeOf(1)
  const named = createNamed((cid) => (cid === 'there' ? [challenge] : []), stop.signal)
  const crowd = Array.from({ length: 64 }, () => named('nowhere').catch(() => undefined))
  expect(await named('nowhere')).toEqual([])
  expect(await named('there')).toEqual([challenge])
  stop.abort()
  await Promise.all(crowd)
})

test('whoever waits in all places has few of its own, and gives way to one of another address', async () => {
  const stop = new AbortController()
  let known: Challenge[] = []
  const named = createNamed((cid) => (cid === 'late' ? known : []), stop.signal)
  const crowd = Array.from({ length: 8 }, (_, i) =>
    Array.from({ length: 8 }, () => named('nowhere', `203.0.113.${i}`).catch(() => undefined)),
  ).flat()
  expect(await named('nowhere', '203.0.113.1')).toEqual([])
  const asked = named('late', '198.51.100.1')
  known = [challengeOf(1)]
  expect((await asked).map(({ id }) => id)).toEqual([1])
  stop.abort()
  await Promise.all(crowd)
})

test('who names the file of another in a challenge with a small limit keeps it from nobody', async () => {
  const stop = new AbortController()
  const [small, large, gone] = [challengeOf(1), challengeOf(2), challengeOf(3)]
  const named = createNamed(() => [small, large, gone], stop.signal)
  const limitOf = async ({ id }: Challenge) => {
    if (id === 3) throw new Error('its manifest is nowhere')
    return id === 1 ? 10 : 1_000_000
  }
  expect(await roomiest(await named('bafy'), limitOf)).toEqual({ challenge: 2, maxBytes: 1_000_000 })
  await expect(roomiest([gone], limitOf)).rejects.toThrow('nowhere')
  expect(await roomiest([], limitOf)).toBeUndefined()
})
