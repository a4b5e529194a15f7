import { describe, expect, it } from 'vitest'
import type { Check, Verification } from '../write/verify.ts'
import { lookOf, outcomeOf, sentenceOfCheck } from './verify-words.ts'

const check = (patch: Partial<Check>): Check => ({
  id: 'score',
  title: 'The recomputed score is the one on the chain',
  state: 'passed',
  compared: null,
  why: null,
  outlook: null,
  note: null,
  ...patch,
})
const waiting = check({
  state: 'open',
  outlook: 'later',
  why: 'truth_not_opened',
  note: 'The truth has not been opened.',
})
const end = { at: Date.parse('2027-03-29T00:00:00Z'), now: Date.parse('2026-11-29T00:00:00Z') }
const of = (...checks: Check[]) =>
  ({ verified: false, refuted: false, checks, summary: 'S' }) as unknown as Verification

describe('a verification in words', () => {
  it('of a normal paid submission before the end is no warning, and names the day', () => {
    const outcome = outcomeOf(of(check({}), waiting, waiting), end)
    expect(outcome).toMatchObject({ tone: 'info', title: 'Nothing contradicts it so far' })
    expect(outcome.sentence).toBe('1 check holds and none fails. 2 checks wait for the end, 29 Mar 2027, 00:00 UTC.')
    expect(sentenceOfCheck(waiting, end)).toContain('Waits for the end, 29 Mar 2027')
    expect(lookOf(waiting)).toEqual({ mark: 'later', word: 'not yet' })
  })
  it('warns where evidence is missing for good or for now', () => {
    expect(outcomeOf(of(check({ state: 'open', outlook: 'never' })), end).tone).toBe('wait')
    expect(outcomeOf(of(check({ state: 'open', outlook: 'retry' })), end).tone).toBe('wait')
  })
  it('counts nothing that does not apply', () => {
    expect(outcomeOf(of(check({}), check({ state: 'open', outlook: 'not_applicable' })), end)).toMatchObject({
      tone: 'info',
      sentence: '1 check holds and none fails.',
    })
  })
  it('says of a threshold whether it is met', () => {
    expect(sentenceOfCheck(check({ note: '0.9304 ≥ 0.85: true' }), end)).toBe('0.9304 ≥ 0.85: the threshold is met.')
  })
})
