/**
 * Moments of random stories: what the model's calls did in each of them, on a copy, is what the functions here foretell.
 */
import { describe, expect, test } from 'vitest'
import { claims } from './board.ts'
import { type Closing, closing, contenders } from './close.ts'
import type { Challenge, Purse, Standing, Submission, Terms } from './facts.ts'
import { type Owed, owed, standing } from './owed.ts'
import { mayCancel, mayClose, mayRank, mayReveal, mayTopUp, mayTopUpPrize, type Phase, phase } from './phase.ts'
import { earliest, type Step, step } from './queue.ts'
import { settle } from './settle.ts'
import { vectors } from './vectors.fixture.ts'

type SubmissionCase = {
  facts: Submission
  standing: Standing
  owed: Pick<Owed, 'prize' | 'total'>
  step?: Step
  earliest?: { at: number; does: string }
  settled?: { challenge: Partial<Challenge>; submission: Partial<Submission> } | null
}

type Moment = {
  now: number
  terms: Terms
  challenge: Challenge
  purse: Purse
  phase: Phase
  may: Record<string, boolean>
  claims: number
  contenders: number
  close: Pick<Closing, 'total' | 'keptPrize' | 'keptBudget'> | null
  submissions: SubmissionCase[]
}

const moments = vectors<Moment>('moments')

test('a challenge: phase, calls that are taken, claims, contenders, close', () => {
  for (const [at, it] of moments.entries()) {
    const { terms, challenge, now } = it
    const name = `moment ${at}`
    const found = phase(terms, challenge, now)
    expect(found, name).toBe(it.phase)
    const open = challenge.submitted - challenge.concluded
    const placed = challenge.rankings.placed !== null
    expect(
      {
        cancelByMaker: mayCancel(found, true),
        cancelByAnyone: mayCancel(found, false),
        topUp: mayTopUp(found),
        topUpPrize: mayTopUpPrize(found, terms),
        rankByOracle: mayRank(found, terms, { by: 'oracle', open, placed }),
        rankByJudge: terms.judge !== null && mayRank(found, terms, { by: 'judge', open, placed }),
        close: mayClose(found),
        reveal: mayReveal(found, terms),
      },
      name,
    ).toEqual(it.may)
    expect([claims(terms, challenge, now), contenders(terms, challenge, now)], name).toEqual([it.claims, it.contenders])

    const close = closing(terms, challenge, it.purse, now)
    if (it.close === null) expect(close, name).toBeUndefined()
    else expect(close, name).toMatchObject(it.close)
    if (close) expect(close.prize + close.budget, name).toBe(close.total)
  }
})

describe('a submission', () => {
  const cases = moments.flatMap((moment, at) =>
    moment.submissions.map((own) => ({ ...moment, own, name: `moment ${at}, number ${own.facts.number}` })),
  )

  test('what is owed, and how it stands, is what release_payment sends and writes', () => {
    for (const { terms, challenge, now, own, name } of cases) {
      const found = owed(terms, challenge, own.facts, now)
      expect(found, name).toMatchObject(own.owed)
      expect(found.prize + found.carry + found.deposit + found.pay, name).toBe(found.total)
      expect(standing(terms, challenge, own.facts, now), name).toEqual(own.standing)
    }
  })

  test('the step, and the earliest moment of one', () => {
    for (const { terms, challenge, now, own, name } of cases) {
      if (!own.step) continue
      expect(step(terms, challenge, own.facts, now), name).toMatchObject(own.step)
      expect(earliest(terms, challenge, own.facts, now), name).toEqual(own.earliest)
    }
  })

  test('settling changes counters, board, tables and the submission', () => {
    for (const { terms, challenge, now, own, name } of cases) {
      if (!own.settled) continue
      const after = settle(terms, { challenge, submission: own.facts }, now)
      expect(after.challenge, name).toEqual({ ...challenge, ...own.settled.challenge })
      expect(after.submission, name).toEqual({ ...own.facts, ...own.settled.submission })
    }
  })

  test('the moments show all that can happen', () => {
    const steps = cases.map(({ own }) => (own.step?.does === 'conclude' ? own.step.ending : own.step?.does))
    for (const kind of ['void', 'unsettled', 'pass_over', 'nothing']) expect(steps).toContain(kind)
    const stands = new Set(cases.map(({ own }) => own.standing.status))
    expect([...stands].toSorted()).toEqual(['pending', 'rejected', 'scored', 'unavailable', 'unsettled', 'void'])
    for (const rule of ['bounty', 'ranked', 'per_unit'])
      expect(cases.filter(({ terms, own }) => terms.payout.rule === rule && own.owed.total > 0n)).not.toEqual([])
    expect(cases.filter(({ own }) => own.owed.prize > 0n)).not.toEqual([])
    expect(cases.filter(({ own }) => own.standing.status !== own.facts.status.status)).not.toEqual([])
  })
})
