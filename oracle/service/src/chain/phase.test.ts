/** The phase follows from the chain's counters and the ledger's clock alone. */
import { describe, expect, test } from 'vitest'
import { at } from './phase.fixture.ts'
import { phaseOf } from './phase.ts'

describe('phase', () => {
  test.each([
    ['awaiting', { accepted: [1, 0, 1] }, 149n],
    ['lapsed', { accepted: [1, 0, 1] }, 150n],
    ['upcoming', {}, 99n],
    ['grading', {}, 100n],
    ['grading', { submitted: 3, finalized: 2 }, 299n],
    ['over', { submitted: 3, finalized: 3 }, 200n],
    ['over', { submitted: 3, finalized: 2 }, 300n],
    ['over', { status: 1 }, 120n],
    ['cancelled', { status: 2 }, 120n],
  ] as const)('%s', (phase, counters, now) => {
    expect(phaseOf(at(counters), now)).toBe(phase)
  })
})
