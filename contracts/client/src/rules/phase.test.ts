/** Phases and what they allow, at every boundary, as the model has them. */
import { describe, expect, test } from 'vitest'
import type { Terms } from './facts.ts'
import {
  mayCancel,
  mayClose,
  mayRank,
  mayReveal,
  mayRule,
  maySettle,
  maySubmit,
  mayTopUp,
  mayVote,
  nextPhaseAt,
  PHASES,
  type Phase,
  phase,
} from './phase.ts'
import { vectors } from './vectors.fixture.ts'

type Row = [[cancelled: boolean, accepted: boolean, ended: boolean], now: number, phase: Phase, may: boolean[]]

const tables = vectors<{ terms: Terms; rows: Row[] }>('phases')

describe.each(tables)('$terms.payout.rule, judge $terms.judge.by, accepted by $terms.acceptBy', ({ terms, rows }) => {
  test('every boundary is half open', () => {
    for (const [[cancelled, accepted, ended], now, expected, may] of rows) {
      const found = phase(terms, { cancelled, accepted, ended }, now)
      expect(found, `at ${now}`).toBe(expected)
      expect(
        [maySettle(found), maySubmit(found), mayVote(found, terms, now), mayRule(found, terms, now), mayClose(found)],
        `${found} at ${now}`,
      ).toEqual(may)
    }
  })

  test('the next phase is the first moment with another name', () => {
    for (const [[cancelled, accepted, ended], now] of rows) {
      const facts = { cancelled, accepted, ended }
      let then = now + 1
      while (then < 300 && phase(terms, facts, then) === phase(terms, facts, now)) then++
      expect(nextPhaseAt(terms, facts, now)).toBe(then < 300 ? then : undefined)
    }
  })
})

test('the boundaries reach every phase', () => {
  const reached = new Set(tables.flatMap(({ rows }) => rows.map(([, , found]) => found)))
  expect([...reached].toSorted()).toEqual([...PHASES].toSorted())
})

/** By which phase; the calls themselves are compared in moments.test.ts. */
test('what depends on the phase alone', () => {
  const allowed = (may: (phase: Phase) => boolean) => PHASES.filter(may)
  expect(allowed((it) => mayCancel(it, true))).toEqual(['accepting', 'lapsed'])
  expect(allowed((it) => mayCancel(it, false))).toEqual(['lapsed'])
  expect(allowed(mayTopUp)).toEqual(['accepting', 'announced', 'open'])
  expect(allowed((it) => mayReveal(it, { opensTruth: true }))).toEqual(['over', 'ended'])
  expect(allowed((it) => mayReveal(it, { opensTruth: false }))).toEqual([])
  const ranked = { payout: { rule: 'ranked', prizes: [10n] } } as const
  const ranks = (by: 'oracle' | 'judge', open: number, placed = false) =>
    allowed((it) => mayRank(it, ranked, { by, open, placed }))
  expect([ranks('oracle', 0), ranks('oracle', 1), ranks('judge', 1)]).toEqual([
    ['grading', 'ranking'],
    ['ranking'],
    ['judging'],
  ])
  expect(ranks('oracle', 0, true)).toEqual([])
  const earnings = { payout: { rule: 'earnings' } } as const
  expect(allowed((it) => mayRank(it, earnings, { by: 'oracle', open: 0, placed: false }))).toEqual([])
})
