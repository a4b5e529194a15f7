import { describe, expect, it } from 'vitest'
import { currentStep, type Draft, type PathRules, pathInWords, pathOf, pathOfDraft } from './path.ts'
import type { Submission } from './types.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const score = (value: number) => ({ units: String(Math.round(value * 1e7)), value })
const rules: PathRules = {
  asset: { code: 'USDC', decimals: 7, contract: 'C' },
  threshold: score(0.9),
  direction: 'maximize',
  quorum: 2,
  oracles: 3,
  gradeBy: '2026-11-25T12:00:00Z',
  reward: '500000000',
}
const base: Submission = {
  challenge: 1,
  number: 3,
  solver: 'G',
  attempt: 1,
  cid: 'bafk',
  units: 0,
  acceptedUnits: null,
  reserved: '0',
  asset: { contract: 'C', code: 'USDC', issuer: null, native: false, decimals: 7 },
  deposit: '10000000',
  carried: '0',
  submittedAt: '2026-11-22T11:59:00Z',
  submitLedger: 5,
  submitTx: 'aa',
  status: 'pending',
  reason: null,
  score: null,
  meetsThreshold: false,
  contentHash: null,
  votes: [],
  queuePosition: 3,
  verdictAt: null,
  verdictLedger: null,
  verdictTx: null,
  report: null,
  won: false,
  place: null,
  prize: '0',
  silence: '0',
  held: '0',
  depositReturned: false,
  payment: null,
}
const labels = (patch: Partial<Submission>, at = now) =>
  pathOf({ ...base, ...patch }, rules, at).map((step) => `${step.label}:${step.state}`)
const last = (patch: Partial<Submission>, at = now) => pathOf({ ...base, ...patch }, rules, at).at(-1)!
const verdict = { verdictTx: 'bb', verdictAt: '2026-11-22T11:59:06Z', report: 'bafr', queuePosition: null } as const

describe('the path of a submission', () => {
  it('of labels says how many were accepted, and after a rejection what comes next', () => {
    const labeling = { ...rules, rule: 'per_unit' as const, reward: null }
    const path = (patch: Partial<Submission>) => pathOf({ ...base, ...verdict, ...patch }, labeling, now)
    const accepted = path({ status: 'scored', score: score(1), acceptedUnits: 10 })
    expect(accepted[4]).toMatchObject({ label: 'Accepted 10 labels', state: 'done' })
    const rejected = path({ status: 'rejected' })
    expect(rejected[4]?.sentence).toContain('The next batch holds other items.')
    expect(rejected[5]?.label).toBe('No pay')
  })
  it('waits in the queue with its place and its votes', () => {
    const steps = pathOf({ ...base, votes: [{} as never] }, rules, now)
    expect(steps[3]).toMatchObject({ label: 'In the queue (3rd)', state: 'active' })
    expect(steps[3]?.sentence).toContain('1 of 2 votes')
    expect(currentStep(steps).id).toBe('queued')
  })
  it('waits for the ranking where the prizes go by it, and then for anyone to send the prize', () => {
    const ranked = (ranking: 'open' | 'posted', patch: Partial<Submission>) =>
      pathOf(
        { ...base, ...verdict, status: 'scored', score: score(0.95), meetsThreshold: true, ...patch },
        { ...rules, reward: null, rule: 'ranked', ranking },
        now,
      ).at(-1)
    expect(ranked('open', {})).toMatchObject({ label: 'Prizes by the ranking', state: 'todo' })
    expect(ranked('posted', { held: '70000000', prize: '70000000', won: true })).toMatchObject({ label: 'Due: 7 USDC' })
    expect(ranked('posted', {})).toMatchObject({ label: 'No prize', state: 'skipped' })
  })
  it('ends with the payment and its transaction', () => {
    const paid = {
      ...verdict,
      status: 'scored',
      score: score(0.953),
      meetsThreshold: true,
      won: true,
      prize: '500000000',
      depositReturned: true,
      payment: { amount: '510000000', at: '2026-11-22T11:59:06Z', tx: 'bb' },
    } as const
    expect(labels(paid)).toEqual([
      'Checked:done',
      'Sealed:done',
      'Submitted:done',
      'Queued:done',
      'Graded 0.953:done',
      'Paid 50 USDC:done',
    ])
    expect(last(paid).proof).toEqual({ kind: 'tx', value: 'bb' })
    expect(last(paid).sentence).toContain('deposit of 1 USDC')
  })
  it('says why there is no prize, and that the deposit came back', () => {
    const low = {
      ...verdict,
      status: 'scored',
      score: score(0.85),
      depositReturned: true,
      payment: { amount: '10000000', at: '2026-11-22T11:59:06Z', tx: 'bb' },
    } as const
    expect(last(low)).toMatchObject({ label: 'No prize', state: 'skipped' })
    expect(last(low).sentence).toMatch(/0\.85 does not reach ≥ 0\.9.*1 USDC came back/)
  })
  it('shows a prize that could not be delivered as still owed', () => {
    const held = {
      ...verdict,
      status: 'scored',
      score: score(0.95),
      meetsThreshold: true,
      won: true,
      prize: '500000000',
      held: '510000000',
    } as const
    expect(last(held)).toMatchObject({ label: 'Held: 51 USDC', state: 'active' })
    expect(last(held).sentence).toContain('trustline')
  })
  it('tells a rejection in words, with its cost', () => {
    const steps = pathOf(
      {
        ...base,
        ...verdict,
        status: 'rejected',
        reason: { code: 72, name: 'missing_id', text: 'Ids are missing from the file.' },
      },
      rules,
      now,
    )
    expect(steps[4]?.state).toBe('failed')
    expect(steps[4]?.sentence).toMatch(/missing.*deposit of 1 USDC/i)
    expect(pathInWords(steps)).toContain('Rejected')
    expect(JSON.stringify(steps)).not.toContain('missing_id')
  })
  it('hands over to the rules for silence when the time for grading is over', () => {
    const steps = pathOf(base, rules, Date.parse(rules.gradeBy))
    expect(steps[3]?.state).toBe('failed')
    expect(steps[5]).toMatchObject({ label: 'To be released', state: 'active' })
    expect(labels({ status: 'ungraded', queuePosition: null })[3]).toBe('Not graded in time:failed')
  })
  it('gives a void submission its deposit back, never a fault', () => {
    expect(labels({ status: 'void', queuePosition: null })).toEqual([
      'Checked:done',
      'Sealed:done',
      'Submitted:done',
      'Queued:skipped',
      'Not needed:skipped',
      'Deposit to take back:active',
    ])
  })
})

describe('the path before the ledger knows', () => {
  const states = (draft: Draft) => pathOfDraft(draft, rules).map((step) => step.state)
  it('moves one step at a time', () => {
    expect(states({ stage: 'idle' })[0]).toBe('todo')
    expect(states({ stage: 'check' })[0]).toBe('active')
    expect(states({ stage: 'ready' }).slice(0, 2)).toEqual(['done', 'todo'])
    expect(states({ stage: 'upload', progress: 0.4 }).slice(0, 3)).toEqual(['done', 'active', 'todo'])
    expect(states({ stage: 'sign', cid: 'b' }).slice(0, 3)).toEqual(['done', 'done', 'active'])
    expect(states({ stage: 'landed' }).slice(2, 4)).toEqual(['done', 'active'])
  })
  it('stops where it failed and says what did not happen', () => {
    const steps = pathOfDraft({ stage: 'sign', cid: 'b', failure: 'You declined.' }, rules)
    expect(currentStep(steps)).toMatchObject({ label: 'Not submitted', state: 'failed', sentence: 'You declined.' })
    expect(steps[1]).toMatchObject({ label: 'Sealed', state: 'done' })
  })
})
