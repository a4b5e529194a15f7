import { describe, expect, it } from 'vitest'
import {
  address,
  bounty,
  DEADLINE,
  GRADE_BY,
  NOW,
  OPENS,
  oracles,
  pending,
  score,
  scored,
  scoreVote,
} from '../../testing/facts.ts'
import type { Challenge, Submission } from '../read/types.ts'
import { possibleNow } from './possible.ts'

const HOUR = 3_600_000
/** Voted by two oracles that agree, and not settled. */
const decided = (number: number, value: number): Submission => {
  const votes = oracles.slice(0, 2).map((oracle) => scoreVote(oracle.address, value))
  const { verdict, reason, contentHash, units } = votes[0]!
  return {
    ...pending,
    ...{ number, solver: address(String.fromCharCode(64 + number)), votes, heardAt: new Date(NOW).toISOString() },
    decision: {
      ...{ verdict, reason, contentHash, units, score: score(value), by: 'oracles', report: 'b' },
      ...{ oracles: votes.map(({ oracle }) => oracle), at: new Date(NOW).toISOString() },
    },
  }
}
const two = { ...bounty, submissions: 3, decided: 2 }

describe('what can be done with a challenge now', () => {
  it('settles what has its verdict in the order of the numbers, and says what that sends', () => {
    const all = [decided(2, 0.5), decided(1, 0.95), { ...pending, number: 3, solver: address('C') }]
    expect(possibleNow(two, all, undefined, NOW).settle).toEqual({
      ...{ concluded: [1, 2], passed: [] },
      // The prize, and both deposits.
      sent: 520_000_000n,
    })
    expect(possibleNow({ ...bounty, phase: 'accepting', oracles: [] }, [], undefined, NOW).settle).toBeNull()
  })
  it('passes over what the queue has waited for long enough, so that the next one follows', () => {
    const votes = [scoreVote(oracles[0]!.address, 0.95), scoreVote(oracles[1]!.address, 0.2)]
    const split = { ...pending, votes, heardAt: new Date(NOW - 3 * HOUR).toISOString() }
    const old = { ...split, submittedAt: new Date(NOW - 4 * HOUR).toISOString() }
    expect(possibleNow(two, [old, decided(2, 0.5)], undefined, NOW).settle).toMatchObject({
      concluded: [2],
      passed: [1],
    })
    expect(possibleNow(two, [split, decided(2, 0.5)], undefined, NOW).settle).toBeNull()
  })
  it('lets the maker cancel until all have accepted, and anyone after the time for acceptance', () => {
    const waiting = {
      ...bounty,
      ...{ phase: 'accepting' as const, oracles: oracles.map((one) => ({ ...one, accepted: false })) },
      acceptBy: new Date(NOW + HOUR).toISOString(),
    }
    expect(possibleNow(waiting, [], bounty.maker, NOW).cancel).toBe(true)
    expect(possibleNow(waiting, [], 'X', NOW).cancel).toBe(false)
    expect(possibleNow(waiting, [], 'X', NOW + HOUR).cancel).toBe(true)
  })
  it('closes from the deadline on, and says what stays', () => {
    const closing = { prize: '5', budget: '2', total: '7', keptPrize: '500000000', keptBudget: '0', folds: false }
    expect(possibleNow({ ...bounty, closing }, [], undefined, NOW).close).toBeNull()
    expect(possibleNow({ ...bounty, closing }, [], undefined, DEADLINE).close).toEqual({
      ...{ total: 7n, kept: 500_000_000n, folds: false },
    })
    const empty = { ...closing, total: '0' }
    expect(possibleNow({ ...bounty, closing: empty }, [], undefined, DEADLINE).close).toBeNull()
    expect(possibleNow({ ...bounty, closing: { ...empty, folds: true } }, [], undefined, DEADLINE).close?.folds).toBe(
      true,
    )
  })
  it('after the end it settles what no call has written, and releases what was not delivered', () => {
    const held = { ...scored(0.5), number: 2, payment: null, flags: { ...pending.flags, held: true } }
    const all = possibleNow({ ...bounty, phase: 'over', concluded: 1 }, [pending, held], undefined, GRADE_BY)
    expect(all.settle).toEqual({ concluded: [1], passed: [], sent: 10_000_000n })
    expect(all.release.map(({ submission, units }) => [submission.number, units])).toEqual([[2, 10_000_000n]])
  })
  it('asks the maker for the truth once, after the end', () => {
    const over = { ...bounty, phase: 'over' as const }
    const reveal = { by: bounty.maker, maker: true, cid: 'b', tx: 't', at: '' }
    expect(possibleNow(over, [], bounty.maker, GRADE_BY).open).toBe(true)
    expect(possibleNow(over, [], bounty.maker, DEADLINE).open).toBe(false)
    expect(possibleNow(over, [], 'X', GRADE_BY).open).toBe(false)
    expect(possibleNow({ ...over, reveals: [reveal] }, [], bounty.maker, GRADE_BY).open).toBe(false)
  })
  it('lets the maker fix how the ledger scores until someone submitted, and open the truth to it while work is undecided', () => {
    const judge = address('R', 'C')
    const judged: Challenge = {
      ...bounty,
      ...{ judge: { address: judge, judgeBy: new Date(GRADE_BY + 48 * HOUR).toISOString() } },
    }
    const at = (of: Challenge, now: number, who = bounty.maker, grading: string | null = judge) =>
      possibleNow(of, [], who, now, grading).recount
    const fresh = { ...judged, submissions: 0 }
    expect(at(fresh, NOW)).toBe('fix')
    expect(at({ ...fresh, oracles: oracles.map((one) => ({ ...one, accepted: false })) }, OPENS - HOUR)).toBe('fix')
    expect(at(fresh, NOW, 'X')).toBeNull()
    expect(at(fresh, NOW, bounty.maker, address('Q', 'C'))).toBeNull()
    expect(at(judged, NOW), 'one has submitted').toBeNull()
    const recount = { configuredAt: '', configuredTx: 'aa', truth: null, recounted: 0 }
    const fixed = { ...judged, recount }
    expect(at(fixed, NOW)).toBeNull()
    expect(at(fixed, GRADE_BY + HOUR)).toBe('open_truth')
    expect(at(fixed, GRADE_BY + 48 * HOUR)).toBeNull()
    expect(at({ ...fixed, concluded: 1 }, GRADE_BY + HOUR), 'nothing is undecided').toBeNull()
    const open = { chunks: 1, rows: 9, complete: true, at: '', tx: 'bb' }
    expect(at({ ...fixed, recount: { ...recount, truth: open } }, GRADE_BY + HOUR)).toBeNull()
  })
})
