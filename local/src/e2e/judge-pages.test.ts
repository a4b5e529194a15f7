/** What oracles leave undecided, in a browser: the judge rules on it, and anyone settles, closes and reads what became of it. */
import type { Challenge } from '@stellartrain/indexer-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePeople, type People } from '../world/people.ts'
import { beforeJury, judging, termsFor, twoHands } from '../world/undecided.ts'
import { findings, picture, picturesOf, testChromium } from './browser.ts'
import { openDemoPage } from './demo-page.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()

describe.skipIf(!chromium)('the pages of a challenge that its judge decides', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  let people: People
  beforeAll(async () => {
    site = await startSite(chromium!, {
      async configure({ fixture }) {
        people = await makePeople(fixture)
        const [judge, maker] = [people.judge.secret(), people.maker.secret()]
        return {
          demoAccounts: [
            { name: 'Judge', secret: judge },
            { name: 'Maker', secret: maker },
          ],
        }
      },
    })
    parts = site.parts
  })
  afterAll(() => site?.close())

  const visit = (name: 'Judge' | 'Maker', path: string) => openDemoPage(site, name, path)

  test('a ruling is chosen among the votes, carried out after the end, and told on every page', async () => {
    const beside = await twoHands(parts)
    const { challenge } = await judging(parts, people, beside)
    const page = await visit('Judge', `/challenges/${challenge}`)
    await page.getByText('You are the judge').waitFor()
    await page.getByLabel('Reject it').nth(1).waitFor()
    expect(await page.getByLabel('Reject it').count()).toBe(2)
    await page
      .getByLabel(/^Score 0\.\d+, as/)
      .first()
      .check()
    await page.getByLabel('Your reasons').fill('Read by hand: the first one is right.')
    await picture(page, 'judge')
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Decide 1 submission' }).click()
    await expect.poll(() => page.locator('fieldset').count()).toBe(1)
    await page.context().close()

    const terms = await termsFor(parts, challenge)
    await parts.warpTo(terms.judge!.by)
    await parts.api<Challenge>(`/v1/challenges/${challenge}`)
    const maker = await visit('Maker', `/challenges/${challenge}?tab=leaderboard`)
    await maker
      .getByText(/Settling makes #1 and #2 final|Closing sends the maker/)
      .first()
      .waitFor()
    const settle = maker.getByRole('button', { name: 'Settle' })
    if (await settle.isVisible()) await settle.click()
    await maker.getByText('Won 5 XLM').first().waitFor()
    await maker.getByRole('button', { name: 'Close' }).click()
    await maker.getByRole('button', { name: 'Close' }).waitFor({ state: 'detached' })
    await maker.goto(`${site.pages.url}/challenges/${challenge}/submissions/1`)
    await maker.getByText('Ballot of the judge').waitFor()
    await picture(maker, 'judge-ruled')
    expect(await findings(maker)).toEqual([])
    await maker.context().close()
  })

  test('a juror sees who the jury is and what was voted, and votes on the page; the majority rules', async () => {
    const beside = await twoHands(parts)
    const { challenge } = await beforeJury(parts, people, beside)
    await parts.api<Challenge>(`/v1/challenges/${challenge}`)
    const page = await visit('Judge', `/challenges/${challenge}`)
    await page.getByText('You are a juror').waitFor()
    await page.getByText('It is a jury: 2 of 3 jurors rule').waitFor()
    await page.getByText('It admits solvers whom').waitFor()
    await page.getByText('It does not admit you now.').waitFor()
    const votes = page.getByRole('list', { name: 'Votes of the jurors' })
    await votes.getByText(/^Score 0\.\d+$/).waitFor()
    await picturesOf(page, 'juror')
    expect(await findings(page)).toEqual([])
    await page
      .getByLabel(/^Score 0\.\d+, as/)
      .first()
      .check()
    await page.getByLabel('Your reasons').fill('Read by hand: it is right.')
    await page.getByRole('button', { name: 'Vote on 1 submission' }).click()
    await page.getByText('Every submission has its verdict.').waitFor()
    await page.goto(`${site.pages.url}/challenges/${challenge}/submissions/1`)
    await page.getByRole('heading', { name: 'Votes of the jurors' }).waitFor()
    await page.getByText('You voted: Score').waitFor()
    await picturesOf(page, 'jury-submission')
    expect(await findings(page)).toEqual([])
    await page.context().close()
  })
})
