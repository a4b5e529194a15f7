import { MemoryRouter, Route } from '@solidjs/router'
import { expect, test } from 'vitest'
import type { ToldCoverage } from '../../lib/board/coverage.ts'
import { address } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { CoverageSection } from './coverage.tsx'

const told: ToldCoverage = {
  ...{ items: 6, overlap: 2, places: 12, accepted: 5, held: 3, covered: 2, waiting: 2 },
  ...{ by: address('O'), answered: 1, asked: 1, range: [5, 5] },
}

const textOf = (byEpochs: boolean) => {
  const coverage = { value: () => told, failure: () => undefined, busy: () => false, again: () => {} }
  const section = () => <CoverageSection coverage={coverage} byEpochs={byEpochs} />
  return show(() => (
    <MemoryRouter>
      <Route path="*" component={section} />
    </MemoryRouter>
  )).textContent
}

test('epochs are spoken of only where there are some', () => {
  expect(textOf(true)).toContain('3 labels, 2 of them submitted since the last epoch')
  expect(textOf(false)).toContain('3 labels')
  expect(textOf(false)).not.toContain('epoch')
})
