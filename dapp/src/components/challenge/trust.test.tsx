/** The panel of trust: green only for what protects; a risk has its own mark and says that it is one. */
import { MemoryRouter, Route } from '@solidjs/router'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import { answerFrom } from '../../testing/api.ts'
import { bounty } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { Trust } from './trust.tsx'

beforeAll(() => loadSite())
afterEach(() => vi.unstubAllGlobals())

/** The lines of the panel's second list, by the mark in front of them. */
async function linesOf(challenge: Challenge): Promise<{ green: string[]; risks: string[] }> {
  answerFrom(() => ({ '/v1/oracles': { data: [], next: null } }))
  const manifest = { value: () => undefined, failure: () => undefined }
  const place = show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <Trust challenge={challenge} manifest={manifest} />} />
    </MemoryRouter>
  ))
  const lines = () => [...place.querySelectorAll('ul:last-of-type > li')]
  await expect.poll(() => lines().length).toBeGreaterThan(4)
  const words = (line: Element) => (line.textContent ?? '').replace(/\s+/g, ' ').trim()
  const marked = (ink: string) => lines().filter((line) => line.querySelector('svg')?.classList.contains(ink))
  expect(marked('text-wait').map(words)).toEqual(
    lines()
      .map(words)
      .filter((line) => line.startsWith('Risk: ')),
  )
  return { green: marked('text-good').map(words), risks: marked('text-wait').map(words) }
}

const RISKS = /another account|issued by|that issuer|returns to the maker|cannot be recomputed/

it('marks no risk as good: other names, an issuer whose powers are not known, silence without a judge', async () => {
  const { green, risks } = await linesOf({ ...bounty, judge: null, opensTruth: false })
  expect(green).toEqual([
    expect.stringMatching(/^The truth was fixed before anyone submitted/),
    expect.stringMatching(/^The contract refuses submissions by the maker/),
  ])
  expect(risks).toEqual([
    'Risk: The truth stays closed: scores cannot be recomputed.',
    expect.stringContaining('only a judge could award the prize'),
    expect.stringContaining('through another account'),
    expect.stringContaining('may be able to freeze it or take it back'),
  ])
  expect(green.filter((line) => RISKS.test(line))).toEqual([])
})

it('says that the maker issues the asset, where it does', async () => {
  const own = { ...bounty, asset: { ...bounty.asset, issuer: bounty.maker } }
  expect((await linesOf(own)).risks).toContain('Risk: The maker of this challenge is that issuer.')
})
