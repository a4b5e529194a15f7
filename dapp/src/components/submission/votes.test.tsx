import { MemoryRouter, Route } from '@solidjs/router'
import { beforeAll, expect, it } from 'vitest'
import type { Challenge, Submission } from '../../lib/read/types.ts'
import { bounty, judged, oracles, pending, score, scoreVote } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { Votes } from './votes.tsx'

beforeAll(() => loadSite())

const [first, second] = oracles.map(({ address }) => address) as [string, string, string]
const page = (submission: Submission, challenge: Challenge = bounty) =>
  show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <Votes challenge={challenge} submission={submission} />} />
    </MemoryRouter>
  ))
const lines = (place: HTMLElement) => [...place.querySelectorAll('li')].map((line) => line.textContent ?? '')

it('lists each oracle with its vote, and who has not voted', () => {
  const place = page({ ...pending, votes: [scoreVote(first, 0.95), { ...scoreVote(second, 0.2), improved: true }] })
  expect(lines(place)[0]).toContain('Score 0.95')
  expect(lines(place)[1]).toContain('took the place of its own “unavailable”')
  expect(lines(place)[2]).toContain('no vote')
})

it('does not say that the votes are the verdict where the judge’s ballot is', () => {
  const { oracle: _, late: __, improved: ___, ...said } = scoreVote(first, 0.95)
  const challenge = { ...judged(), oracles: oracles.slice(0, 1), quorum: 1 }
  const decision = { ...said, by: 'judge' as const, oracles: [] }
  const place = page({ ...pending, decision, ballot: { ...said, judge: challenge.judge!.address } }, challenge)
  expect(place.textContent).toContain('The judge’s ballot is the verdict; the oracle gave none.')
  expect(place.textContent).not.toContain('vote is the verdict')
})

it('marks the votes that made the verdict, and what came too late to count', () => {
  const votes = [scoreVote(first, 0.95), { ...scoreVote(second, 0.2), late: true }]
  const { verdict, reason, contentHash, units, at } = votes[0]!
  const decision = { verdict, reason, contentHash, units, at, score: score(0.95), report: 'b', oracles: [first] }
  const place = page({ ...pending, votes, decision: { ...decision, by: 'oracles' } })
  expect(lines(place)[0]).toMatch(/verdict/)
  expect(lines(place)[1]).toContain('after the verdict: it changes nothing')
})

it('shows the ballot of the judge, and until when a place is kept', () => {
  const { oracle: _, late: __, improved: ___, ...said } = scoreVote(first, 0.95)
  const flags = { ...pending.flags, passed: true, kept: true }
  const ruled = page({ ...pending, flags, ballot: { ...said, judge: judged().judge!.address } }, judged())
  expect(ruled.textContent).toContain('Ballot of the judge')
  expect(ruled.textContent).toContain('A place is kept for it until 28 Nov 2026, 12:00 UTC')
})

it('says what is not known of a vote, and of votes that nobody keeps', () => {
  const lost = { ...scoreVote(first, 0.95), improved: null, report: null, at: null, tx: null }
  const place = page({ ...pending, votesWhole: false, votes: [lost] })
  expect(lines(place)[0]).toMatch(/Score 0.95.*time not known.*transaction not known.*report not known/)
  expect(lines(place)[1]).toContain('not known')
  expect(place.textContent).not.toMatch(/1970|no vote/)
  expect(place.querySelector('a[href^="/tx/"]')).toBeNull()
})
