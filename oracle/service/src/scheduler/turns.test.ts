/** Whoever is not first gets its turn when those before it had a ledger each and did nothing. */
import { expect, test } from 'vitest'
import { challengeOf, entryOf, GOOD, TERMS } from '../voting/challenge.fixture.ts'
import type { Duty } from './duties.ts'
import { createTurns } from './turns.ts'

const entry = entryOf(1, 1, 50)
const settling = (seat: number): Duty => {
  const challenge = challengeOf(1, [[entry, { votes: [GOOD, GOOD] }]], { terms: TERMS, seat })
  return { kind: 'settle', challenge, batch: [entry] }
}

test('one oracle may at once, the next a ledger later', () => {
  const at = (seat: number) => {
    const turns = createTurns()
    const since = turns.allows(settling(seat), 0, 5_000)
    return [since, turns.allows(settling(seat), 5_000, 5_000), turns.allows(settling(seat), 10_000, 5_000)]
  }
  expect([0, 1, 2].map(at).toSorted()).toEqual([
    [false, false, true],
    [false, true, true],
    [true, true, true],
  ])
})

test('a close has time to be seen before the next one sends it', () => {
  const at = (id: number) => {
    const turns = createTurns()
    const duty: Duty = { kind: 'close', challenge: challengeOf(id, [], { terms: TERMS, seat: 0 }) }
    return [0, 14_999, 15_000, 30_000].map((ms) => turns.allows(duty, ms, 5_000))
  }
  expect([1, 2, 3].map(at).toSorted()).toEqual([
    [false, false, false, true],
    [false, false, true, true],
    [true, true, true, true],
  ])
})

test('a payment that waits in the same challenge does not begin the waiting anew', () => {
  const turns = createTurns()
  const duty = settling(2)
  const paying: Duty = { kind: 'release', challenge: duty.challenge, due: { solver: 'S', attempt: 1, number: 2 } }
  const both = (ms: number) => [duty, paying].map((one) => turns.allows(one, ms, 5_000))
  both(0)
  both(5_000)
  expect(both(10_000)).toEqual([true, true])
})
