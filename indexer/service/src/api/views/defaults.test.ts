/** What happens by itself is told as long as it can happen, also of a challenge that counts in the records already. */
import { expect, test } from 'vitest'
import { applyEvent } from '../../project/apply.ts'
import { World } from '../../project/world.ts'
import { randomHistory } from '../../testing/history.ts'
import { defaultsOf } from './defaults.ts'

test('a challenge that counts and is not done has defaults; one that is done has none', () => {
  const { events } = randomHistory({ challenges: 40, submissions: 30, seed: 11 })
  const world = new World()
  const seen = { open: 0, done: 0 }
  for (const one of events) {
    applyEvent(world, one)
    if (one.event.type !== 'challenge_closed') continue
    const row = world.challenges.get(one.event.challenge)!
    if (row.folded === null) continue
    const { escrow, reserved, budget, rankingFees } = row.purse
    const undecided = row.facts.submitted - row.facts.concluded
    const done =
      undecided === 0 && escrow + reserved + budget + rankingFees === 0n && row.terms.payout.rule !== 'ranked'
    if (undecided === 0 && !done) continue
    seen[done ? 'done' : 'open'] += 1
    expect(defaultsOf(row, one.place.closedAt).length > 0, `challenge ${row.id}`).toBe(!done)
  }
  expect(seen.done).toBeGreaterThan(0)
  expect(seen.open).toBeGreaterThan(0)
})
