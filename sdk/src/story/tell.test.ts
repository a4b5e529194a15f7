/** The story of a submission over verdict × held × payout rule × time: one answer, and no reason that is not true of the rule. */
import { quorum, type Standing } from '@stellartrain/contracts-client/rules'
import { describe, expect, test } from 'vitest'
// The vectors are the client's own tests' and no part of its package.
import { CASES } from '../../../contracts/client/src/rules/moments.fixture.ts'
import { reasonOf } from '../system/reasons.ts'
import { prizeWords, totalOf } from './sentences.ts'
import { type Changes, factsOf, GOOD, JUDGE, PAYOUTS, UNIT, VERDICTS } from './tell.fixture.ts'
import { tell } from './tell.ts'
import { COPY } from './verdict.ts'
import { PLAIN } from './words.ts'

const RULES = ['bounty', 'ranked', 'per_unit'] as const
const story = (rule: (typeof RULES)[number], changes: Changes = {}) => tell(factsOf(rule, changes))
const row = (number: number, solver: string) => ({ solver, number })
const place = (number: number, solver: string, score: bigint) => ({ solver, number, score })

describe('a bounty', () => {
  const scored = { status: GOOD, prizePaid: false }
  test('won and paid: the reason is score and threshold', () => {
    const told = story('bounty', {
      challenge: { board: { rows: [row(3, 'S')], due: 1 }, scored: 1 },
      submission: { status: GOOD, prizePaid: true },
    })
    expect(told.label).toBe('Won 50 USDC')
    expect(told.why).toBe('0.65 ≥ 0.6, one of at most 3 winners')
    expect(told.amounts).toMatchObject({ prize: 50n * UNIT, back: UNIT, fee: 0n, sent: 51n * UNIT, earned: 50n * UNIT })
    expect(told).toMatchObject({ final: true, next: null, can: [], status: 'scored' })
    expect(told.steps.at(-1)).toMatchObject({ label: 'Paid 50 USDC', state: 'done' })
  })

  test('waits: a place is kept for #1 that the oracles have not agreed on', () => {
    const changes: Changes = {
      challenge: { board: { rows: [row(2, 'T'), row(3, 'S')], due: 1 }, kept: 2, scored: 2, head: 3 },
      submission: scored,
      kept: [1, 4],
    }
    const told = story('bounty', changes)
    expect(told.label).toBe('Waits for 50 USDC')
    expect(told.why).toBe('0.65 ≥ 0.6, and it waits: places are kept for #1 and #4 that the oracles have not agreed on')
    expect(told.next).toEqual({ says: expect.stringContaining('at the latest'), at: 3_000 })
    expect(told).toMatchObject({ final: false, can: [] })
    const one = story('bounty', {
      ...changes,
      challenge: { ...changes.challenge, kept: 1, board: { rows: [row(2, 'T'), row(5, 'U'), row(3, 'S')], due: 2 } },
      kept: [1],
    })
    expect(one.why).toContain('waits: a place is kept for #1 that the oracles have not agreed on')
    expect(story('bounty', { ...changes, kept: null }).why).toContain('kept for 2 submissions that')
  })

  test('a place that fell free is due: release, without a word of a trustline', () => {
    const told = story('bounty', {
      challenge: { board: { rows: [row(3, 'S')], due: 0 }, kept: 0, scored: 1 },
      submission: scored,
    })
    expect(told.can).toEqual(['release'])
    expect(told.sentence).toMatch(/50 USDC is due: call release/)
    expect(told.sentence).not.toContain('trustline')
  })

  test('a payment that was held: the trustline is named, and only then', () => {
    const changes: Changes = {
      challenge: { board: { rows: [row(3, 'S')], due: 1 }, scored: 1 },
      submission: { status: GOOD, held: true },
      undelivered: true,
    }
    const told = story('bounty', changes)
    expect(told.can).toEqual(['release', 'add_trustline'])
    expect(told.next?.says).toMatch(/^51 USDC is held: .*no trustline for USDC, or whoever settled held it back/)
    expect(told.steps.at(-1)).toMatchObject({ label: '51 USDC held', state: 'failed' })
    const native = story('bounty', { ...changes, asset: { code: 'XLM', decimals: 7, trustline: false } })
    expect(native.next?.says).not.toContain('trustline')
    expect(native.can).toEqual(['release'])
  })

  test('too late, or once already', () => {
    const full = { rows: [row(1, 'T'), row(2, 'U'), row(4, 'V')], due: 3 }
    expect(story('bounty', { challenge: { board: full, ended: true }, submission: scored }).why).toBe(
      '0.65 ≥ 0.6, but all 3 places went to lower numbers',
    )
    const own = { rows: [row(1, 'S')], due: 1 }
    expect(story('bounty', { challenge: { board: own }, submission: scored }).why).toBe(
      '0.65 ≥ 0.6, but the solver has its place with #1',
    )
    expect(story('bounty', { submission: { status: VERDICTS.poor! } }).sentence).toBe(
      'Nothing won: 0.5 is below the threshold 0.6. 1 USDC of the solver’s own money came back.',
    )
  })

  test('the queue: its turn, missing votes, votes that differ, passed over', () => {
    expect(story('bounty', { submission: { number: 5 } })).toMatchObject({
      label: 'In the queue (3rd)',
      position: 3,
      why: expect.stringContaining('2 submissions before it, #3 first'),
    })
    expect(story('bounty', { votes: { cast: [GOOD, null, null] } }).why).toBe('1 of the 2 votes needed is in')
    const differ = { cast: [GOOD, VERDICTS.rejected as never, null], mth: 1_550 }
    expect(story('bounty', { votes: differ })).toMatchObject({
      why: '2 of 3 oracles voted, and no 2 agree',
      next: { at: 1_700, says: expect.stringContaining('passes it over') },
      can: [],
    })
    expect(story('bounty', { votes: differ, now: 1_700 })).toMatchObject({
      can: ['settle'],
      label: 'In the queue (1st)',
    })
    const kept = story('bounty', {
      votes: differ,
      submission: { passed: true, kept: true },
      challenge: { kept: 1, head: 3 },
    })
    expect(kept).toMatchObject({ label: 'Passed over, a place is kept', position: null })
    expect(kept.next).toMatchObject({ at: 3_000 })
  })

  test('void: the deposit waits, said once the bounty has ended', () => {
    const told = story('bounty', { challenge: { ended: true, board: { rows: [row(1, 'T')], due: 1 } } })
    expect(told).toMatchObject({ status: 'void', unwritten: true, label: 'Nothing won', can: ['release'] })
    expect(told.why).toBe('the last winner was found before its turn came')
    expect(told.next?.says).toMatch(/^The deposit waits, 1 USDC: call release/)
    expect(told.sentence).not.toContain('trustline')
  })
})

describe('a ranking', () => {
  const rankings = (placed: 'oracles' | 'judge' | 'running_table') => ({
    table: [],
    judge: null,
    placed,
    places: [place(1, 'T', 9_000_000n), place(2, 'U', 8_000_000n), place(3, 'S', 7_500_000n)],
  })
  test('third place with 0.75 on the private rows', () => {
    const told = story('ranked', {
      now: 2_500,
      challenge: { rankings: rankings('oracles') },
      submission: { status: GOOD, prizePaid: true },
    })
    expect(told.why).toBe('third place with 0.75 on the private rows')
    expect(told.label).toBe('3rd: 20 USDC')
    expect(told.place).toEqual({ rank: 3, on: 'ranking', score: 7_500_000n, by: 'oracles', due: true })
    expect(told.sentence).not.toContain('≥')
    expect(story('ranked', { challenge: { rankings: rankings('judge') }, submission: { status: GOOD } }).why).toBe(
      'third place with 0.75 by the judge’s ranking',
    )
  })

  test('a running ranking says what it would bring now', () => {
    const table = [place(1, 'T', 9_000_000n), place(3, 'S', 6_500_000n)]
    const told = story('ranked', {
      challenge: { rankings: { table, judge: null, placed: null, places: [] } },
      submission: { status: GOOD },
    })
    expect(told.label).toBe('2nd so far: would bring 40 USDC now')
    expect(told.why).toBe('second place in the running table with 0.65 on the public rows')
    expect(told).toMatchObject({ final: false, next: { at: 3_000 } })
    expect(prizeWords(told, factsOf('ranked').asset)).toBe('would bring 40 USDC now')
  })

  test('from the end on without a ranking the running table decides, in full', () => {
    const table = [place(3, 'S', 6_500_000n)]
    const told = story('ranked', {
      now: 3_000,
      challenge: { rankings: { table, judge: null, placed: null, places: [] } },
      submission: { status: GOOD },
    })
    expect(told).toMatchObject({ can: ['release'], label: '1st: 60 USDC' })
    expect(told.why).toContain('the running table decides')
  })

  test('another submission of the solver has the place', () => {
    const places = [place(5, 'S', 9_000_000n)]
    const told = story('ranked', {
      challenge: { rankings: { table: [], judge: null, placed: 'oracles', places } },
      submission: { status: GOOD },
    })
    expect(told.why).toBe('the solver’s first place in the ranking is that of #5')
  })
})

test('labels: so many at the rate, never a threshold', () => {
  const told = story('per_unit', {
    submission: { status: { status: 'scored', score: 10_000_000n, content: '01', units: 12 } },
  })
  expect(told).toMatchObject({ label: 'Won 6 USDC', why: '12 labels at 0.5 USDC', units: 12, final: true })
  expect(told.amounts).toMatchObject({ pay: 6n * UNIT, sent: 7n * UNIT, earned: 6n * UNIT })
  expect(told.sentence).not.toMatch(/≥|threshold/)
  expect(story('per_unit').label).toBe('Waits for the oracles')
})

test('nothing won: copy of #3, and what the deposit paid', () => {
  expect(reasonOf(100).name).toBe(COPY)
  const told = story('ranked', {
    submission: { number: 4, status: { status: 'rejected', reason: 100 } },
    reason: { name: 'copied_content', text: 'The content is that of an earlier submission.' },
    copyOf: 3,
  })
  expect(told.sentence).toBe(
    'Nothing won: copy of #3. Of its deposit 0.2 USDC paid the oracles. 0.8 USDC of the solver’s own money came back.',
  )
  expect(told.amounts).toMatchObject({ fee: UNIT / 5n, lostDeposit: UNIT / 5n, back: (UNIT * 4n) / 5n })
})

test('what an evaluator says of a submission that it refuses is told as its words', () => {
  const refused = {
    submission: { number: 4, status: { status: 'rejected', reason: 204 } },
    reason: { name: 'evaluator_refused', text: 'The evaluator of this challenge refuses this submission.' },
  } as const
  expect(story('ranked', refused).why).toBe('the evaluator of this challenge refuses this submission')
  expect(story('ranked', { ...refused, says: 'Answers are a, b or c.' }).why).toBe(
    'the evaluator refuses it and says “Answers are a, b or c.”',
  )
  const { sentence } = story('ranked', { ...refused, says: 'Answers are a, b or c.' })
  expect(sentence).toContain('b or c.”')
  expect(sentence).not.toContain('”.')
})

test('the judge: who decides and by when, and its ballot before it is carried out', () => {
  const judge = { terms: { judge: JUDGE } }
  expect(story('bounty', { ...judge, now: 3_100 })).toMatchObject({
    phase: 'judging',
    can: ['rule'],
    next: { at: 4_000, says: expect.stringMatching(/^The judge may decide before/) },
  })
  const ruled = story('per_unit', {
    ...judge,
    now: 3_100,
    votes: { decision: { verdict: { ...GOOD, units: 4 }, by: 'judge' } },
  })
  expect(ruled).toMatchObject({ why: 'Accepted 4 labels by the judge', next: { at: 4_000 }, can: [] })
  const undecided = story('bounty', { now: 3_000 })
  expect(undecided).toMatchObject({ status: 'unsettled', can: ['release'] })
  expect(undecided.why).toBe('no quorum of the oracles decided in time, and this challenge has no judge')
  expect(undecided.sentence).not.toContain('trustline')
})

describe('every verdict × held × rule × time', () => {
  const TIMES = { open: 1_600, grading: 2_100, 'last patience': 2_950, judging: 3_100, over: 4_100 }
  const cases = RULES.flatMap((rule) =>
    Object.entries<Standing>({ pending: { status: 'pending' }, ...VERDICTS }).flatMap(([verdict, status]) =>
      [false, true].flatMap((held) =>
        Object.entries(TIMES).flatMap(([time, now]) =>
          [null, JUDGE].map((judge) => ({ rule, verdict, status, held, time, now, judge })),
        ),
      ),
    ),
  )
  test.each(RULES)('%s tells one consistent story in each', (rule) => {
    for (const one of cases.filter((each) => each.rule === rule)) {
      const name = `${one.verdict} ${one.held ? 'held ' : ''}${one.time}${one.judge ? ' with a judge' : ''}`
      const { status } = one
      const held = one.held && status.status !== 'pending'
      const facts = factsOf(one.rule, {
        now: one.now,
        terms: { judge: one.judge },
        submission: {
          status: status.status === 'scored' ? { ...status, units: rule === 'per_unit' ? 4 : 0 } : status,
          held,
        },
        undelivered: held,
      })
      const told = tell(facts)
      const { amounts, can, sentence, next } = told
      // Money: what was sent and what is owed are all there is.
      expect(amounts.sent + amounts.owed.total, name).toBe(
        told.status === 'pending' ? 0n : amounts.prize + amounts.pay + amounts.back,
      )
      expect(can.includes('release'), name).toBe(amounts.owed.total > 0n)
      expect(sentence.includes('trustline'), name).toBe(held && amounts.owed.total > 0n)
      expect(told.final && amounts.owed.total > 0n, name).toBe(false)
      if (told.final) expect([next, can], name).toEqual([null, []])
      else expect(next !== null || can.length > 0, name).toBe(true)
      if (next?.at) expect(sentence, name).toMatch(/\d{4}-\d\d-\d\dT|settle|release/)
      if (rule !== 'bounty' && told.amounts.prize + told.amounts.pay > 0n) expect(sentence, name).not.toContain('≥')
      expect(
        told.steps.map(({ id }) => id),
        name,
      ).toEqual(['checked', 'sealed', 'submitted', 'handed', 'queued', 'graded', 'paid'])
      expect(`${sentence} ${told.label}`, name).not.toMatch(/undefined|NaN|null|\.\./)
      if (one.now >= 4_100) expect(told.status, name).not.toBe('pending')
    }
  })
})

test('a file is known to be handed over once somebody graded it', () => {
  const handed = (changes: Parameters<typeof factsOf>[1]) => tell(factsOf('bounty', changes)).steps[3]?.state
  expect(handed({})).toBe('todo')
  expect(handed({ votes: { cast: [GOOD, null, null] } })).toBe('done')
  expect(handed({ votes: { cast: [{ status: 'unavailable' }, null, null] } })).toBe('todo')
  expect(handed({ submission: { status: GOOD } })).toBe('done')
  expect(handed({ submission: { status: { status: 'unavailable' } } })).toBe('skipped')
  const judged = { decision: { verdict: GOOD, by: 'judge' as const } }
  expect(handed({ votes: judged })).toBe('skipped')
  expect(handed({ submission: { status: GOOD, byJudge: true } })).toBe('skipped')
  expect(handed({ votes: { ...judged, cast: [GOOD, null, null] } })).toBe('done')
})

test('totals add what the stories say', () => {
  const paid = story('bounty', {
    challenge: { board: { rows: [row(3, 'S')], due: 1 } },
    submission: { status: GOOD, prizePaid: true },
  })
  const due = story('bounty', { challenge: { ended: true, board: { rows: [row(1, 'T')], due: 1 } } })
  expect(totalOf([paid, due])).toEqual({
    ...{ submissions: 2, earned: 50n * UNIT, due: 0n, waits: UNIT, fees: 0n, toCome: 0n },
  })
  expect(quorum(factsOf('bounty').terms)).toBe(2)
  expect(PLAIN.money(1n, { code: 'X', decimals: 0 })).toBe('1 X')
  expect(Object.keys(PAYOUTS)).toEqual([...RULES])
})

const WHOLE = { code: 'USDC', decimals: 0, trustline: true }

test('in every moment of the model’s random stories the teller says what the calls then do', () => {
  let told = 0
  for (const { terms, challenge, now, own, submission, name } of CASES) {
    const story = tell(factsOf('bounty', { terms, challenge, submission, now, asset: WHOLE }))
    expect(story.status, name).toBe(own.standing.status)
    expect([story.amounts.owed.prize, story.amounts.owed.total], name).toEqual([own.owed.prize, own.owed.total])
    expect(story.can.includes('release'), name).toBe(own.owed.total > 0n)
    expect(story.final && story.can.length > 0, name).toBe(false)
    if (!story.final) expect(story.next !== null || story.can.length > 0, name).toBe(true)
    expect(`${story.sentence} ${story.label} ${story.why}`, name).not.toMatch(/undefined|NaN|null|\.\.|Infinity/)
    const won = story.amounts.prize + story.amounts.pay > 0n
    if (terms.payout.rule === 'bounty' && story.status === 'scored')
      expect(/one of|first to reach/.test(story.why), `${name}: ${story.why}`).toBe(won)
    if (story.place) expect(story.why.includes('no place'), `${name}: ${story.why}`).toBe(false)
    if (story.status !== 'pending') expect(/^Won|: \d+ USDC/.test(story.label), `${name}: ${story.label}`).toBe(won)
    const settles = own.step !== undefined && own.step.does !== 'nothing'
    // Release settles too, from the end on.
    expect(story.can.includes('settle'), name).toBe(settles && (story.status === 'pending' || own.owed.total === 0n))
    told++
  }
  expect(told).toBeGreaterThan(400)
})
