/** The judge's panel: only for the judge, only in its time, and only with verdicts that the contract takes. */
import { MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import type { JurorVote } from '../../lib/verdict/jury.ts'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import { answerFrom } from '../../testing/api.ts'
import { address, bounty, oracles, pending, placeOf, ranked, score, scoreVote } from '../../testing/facts.ts'
import { button, field, fill, hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { JudgePanel } from './judge.tsx'

const JUDGE = Keypair.random()
const ruled = vi.hoisted(() => ({ calls: [] as unknown[] }))
vi.mock('../../lib/write/judge.ts', () => ({
  ruleOn: async (...call: unknown[]) => void ruled.calls.push(call),
  rank: async (...call: unknown[]) => void ruled.calls.push(call),
}))

const JURY = `C${'J'.repeat(55)}`
const juror = (who: string, verdict: JurorVote['verdict']): JurorVote => ({ juror: who, verdict, report: 'bafy' })
const jury = vi.hoisted(() => ({ jurors: [] as string[], votes: [] as unknown[] }))
vi.mock('../../lib/write/periphery.ts', () => ({
  juryOf: async (address: string) => ({ address, jurors: jury.jurors, majority: 2, stellartrain: 'C', known: true }),
  jurorVotes: async () => new Map([[1, jury.votes]]),
}))

const [first, second] = oracles.map((oracle) => oracle.address) as [string, string, string]
const split = { ...pending, votes: [scoreVote(first, 0.95), scoreVote(second, 0.2)] }
const alone = { ...pending, number: 2, solver: address('C'), votes: [scoreVote(first, 0.95)] }
const time = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const dates = { opens: time(-90), acceptBy: time(-90), deadline: time(-50), votesEnd: time(-1), gradeBy: time(-1) }
const judging = (of: Challenge): Challenge => ({
  ...of,
  ...{ ...dates, phase: 'judging', judge: { address: JUDGE.publicKey(), judgeBy: time(24) } },
})

beforeAll(() => loadSite({ demoAccounts: [{ name: 'Judge', secret: JUDGE.secret() }] }))
afterEach(() => {
  disconnect()
  vi.unstubAllGlobals()
  ruled.calls.length = 0
})

function panel(challenge: Challenge) {
  answerFrom(() => ({ '/v1/challenges/7/submissions': { data: [split, alone], next: null } }))
  return show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <JudgePanel challenge={challenge} />} />
    </MemoryRouter>
  ))
}
const radio = (place: HTMLElement, label: string) =>
  [...place.querySelectorAll('label')].find((one) => one.textContent?.trim() === label)?.querySelector('input')

it('is nobody else’s, and waits for its time', async () => {
  expect(panel(judging(bounty)).textContent).toBe('')
  await connect('demo', 'Judge')
  const early = panel({ ...judging(bounty), gradeBy: time(1), votesEnd: time(1) })
  await expect.poll(() => early.textContent).toContain('There is nothing for you to decide now.')
})

it('offers the votes where a quorum graded, its own verdict elsewhere, and sends what was chosen with its reasons', async () => {
  await connect('demo', 'Judge')
  const place = panel(judging(bounty))
  await expect.poll(() => place.textContent).toContain('#2')
  const [bound, free] = [...place.querySelectorAll('fieldset')].map((one) => one.textContent ?? '')
  expect(bound).toContain('Score 0.95, as GAAA…AAAA voted')
  expect(bound).not.toContain('Reject it')
  expect(free).toContain('Reject it')
  expect(button(place, 'Decide').disabled).toBe(true)
  radio(place, 'Score 0.2, as GBBB…BBBB voted')!.click()
  radio(place, 'Score it')!.click()
  fill(field(place, 'Score'), 'much')
  expect(hasButton(place, 'Decide 1 submission')).toBe(true)
  fill(field(place, 'Score'), '0.97')
  expect(button(place, 'Decide 2 submissions').disabled).toBe(true)
  fill(field(place, 'Your reasons'), 'Read by hand.')
  button(place, 'Decide 2 submissions').click()
  await expect.poll(() => ruled.calls.length).toBe(1)
  expect(ruled.calls[0]).toMatchObject([
    7,
    [
      { number: 1, verdict: { status: 'scored', score: 2_000_000n } },
      { number: 2, verdict: { status: 'scored', score: 9_700_000n } },
    ],
    'Read by hand.',
  ])
})

it('posts a ranking in the order of the scores that it gives, and none that the contract refuses', async () => {
  await connect('demo', 'Judge')
  const board = [placeOf(1, 'S'), placeOf(2, 'C', { place: 2, score: score(0.92) })]
  const place = panel({ ...judging(ranked), board, submissions: 2, concluded: 2, scored: 2 })
  await expect.poll(() => place.textContent).toContain('Your ranking')
  fill(field(place, 'Score of #2'), '0.99')
  fill(field(place, 'Reasons for your ranking'), 'By the private rows.')
  expect(place.textContent).toContain('1st, 60 USDC')
  fill(field(place, 'Score of #1'), '0.1')
  expect(button(place, 'Post the ranking').disabled).toBe(true)
  fill(field(place, 'Score of #1'), '')
  button(place, 'Post the ranking').click()
  await expect.poll(() => ruled.calls.length).toBe(1)
  expect(ruled.calls[0]).toMatchObject([7, [{ solver: address('C'), score: 9_900_000n }], 'By the private rows.'])
})

it('is a juror’s too, with the votes of the others, and calls what it sends a vote', async () => {
  const judged = judging(bounty)
  const challenge = { ...judged, judge: { ...judged.judge!, address: JURY } }
  await connect('demo', 'Judge')
  jury.jurors = [address('K'), address('L'), address('M')]
  expect(panel(challenge).textContent).toBe('')
  jury.jurors = [address('K'), JUDGE.publicKey(), address('M')]
  jury.votes = [juror(address('K'), { status: 'scored', score: 9_500_000n, content: '', units: 0 })]
  const place = panel(challenge)
  await expect.poll(() => place.textContent).toContain('You are a juror')
  expect(place.textContent).toContain('You are one of 3, and 2 equal votes rule.')
  await expect.poll(() => place.querySelector('[aria-label="Votes of the jurors"]')?.textContent).toMatch(/Score 0\.95/)
  radio(place, 'Score 0.95, as GAAA…AAAA voted')!.click()
  fill(field(place, 'Your reasons'), 'Read by hand.')
  button(place, 'Vote on 1 submission').click()
  await expect.poll(() => ruled.calls.length).toBe(1)
})
