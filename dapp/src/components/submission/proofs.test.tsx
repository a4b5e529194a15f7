import { MemoryRouter, Route } from '@solidjs/router'
import { beforeAll, expect, it } from 'vitest'
import { storyOf } from '../../lib/words/tell.ts'
import { judged, NOW, oracles, pending, scoreVote } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { Proofs } from './proofs.tsx'

beforeAll(() => loadSite())

it('has the content hash of the judge’s ballot before the submission is concluded', () => {
  const { oracle: _, late: __, improved: ___, ...said } = scoreVote(oracles[0]!.address, 0.95)
  const hash = 'd'.repeat(64)
  const decision = { ...said, contentHash: hash, by: 'judge' as const, oracles: [] }
  const submission = { ...pending, decision }
  const place = show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <Proofs submission={submission} story={storyOf(judged(), submission, NOW)} />} />
    </MemoryRouter>
  ))
  expect(place.textContent).toContain('dddddddd')
})
