/** What oracles leave undecided, in a browser: the judge rules on it, and anyone settles, closes and reads what became of it. */
import { Asset } from '@stellar/stellar-sdk/base'
import type { Challenge } from '@stellartrain/indexer-api'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePeople, type People } from '../world/people.ts'
import { beforeJury, judging, termsFor, twoHands } from '../world/undecided.ts'
import { findings, openBrowser, picture, testChromium } from './browser.ts'
import { type Parts, startParts } from './parts.ts'
import { type ServedPages, servePages } from './served-pages.ts'

const chromium = testChromium()
const TIMEOUT = 60_000

describe.skipIf(!chromium)('the pages of a challenge that its judge decides', () => {
  let parts: Parts
  let people: People
  let pages: ServedPages
  let browser: Browser
  beforeAll(async () => {
    parts = await startParts()
    people = await makePeople(parts.fixture)
    const { passphrase } = parts.config
    const assets = [{ code: 'XLM', issuer: null, contract: Asset.native().contractId(passphrase), decimals: 7 }]
    const demoAccounts = [
      { name: 'Judge', secret: people.judge.secret() },
      { name: 'Maker', secret: people.maker.secret() },
    ]
    pages = await servePages({ ...parts.config, assets, demoAccounts })
    browser = await openBrowser(chromium!)
  })
  afterAll(async () => {
    await browser?.close()
    await pages?.close()
    await parts?.close()
  })

  /** A page of this person, whose browser's clock follows the network's, as it would have without its moves. */
  async function visit(name: 'Judge' | 'Maker', path: string): Promise<{ page: Page; close(): Promise<void> }> {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const remembered = JSON.stringify(JSON.stringify({ kind: 'demo', name }))
    await context.addInitScript(`localStorage.setItem('stellartrain.wallet', ${remembered})`)
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT)
    await page.goto(`${pages.url}${path}`)
    return { page, close: () => context.close() }
  }

  test('a ruling is chosen among the votes, carried out after the end, and told on every page', async () => {
    const beside = await twoHands(parts)
    const { challenge } = await judging(parts, people, beside)
    const { page, close } = await visit('Judge', `/challenges/${challenge}`)
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
    await close()

    const terms = await termsFor(parts, challenge)
    await parts.warpTo(terms.judge!.by)
    await parts.api<Challenge>(`/v1/challenges/${challenge}`)
    const maker = await visit('Maker', `/challenges/${challenge}?tab=leaderboard`)
    await maker.page
      .getByText(/Settling makes #1 and #2 final|Closing sends the maker/)
      .first()
      .waitFor()
    const settle = maker.page.getByRole('button', { name: 'Settle' })
    if (await settle.isVisible()) await settle.click()
    await maker.page.getByText('Won 5 XLM').first().waitFor()
    await maker.page.getByRole('button', { name: 'Close' }).click()
    await maker.page.getByRole('button', { name: 'Close' }).waitFor({ state: 'detached' })
    await maker.page.goto(`${pages.url}/challenges/${challenge}/submissions/1`)
    await maker.page.getByText('Ballot of the judge').waitFor()
    await picture(maker.page, 'judge-ruled')
    expect(await findings(maker.page)).toEqual([])
    await maker.close()
  })

  test('a juror sees who the jury is and what was voted, and votes on the page; the majority rules', async () => {
    const beside = await twoHands(parts)
    const { challenge } = await beforeJury(parts, people, beside)
    await parts.api<Challenge>(`/v1/challenges/${challenge}`)
    const { page, close } = await visit('Judge', `/challenges/${challenge}`)
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
    await page.goto(`${pages.url}/challenges/${challenge}/submissions/1`)
    await page.getByRole('heading', { name: 'Votes of the jurors' }).waitFor()
    await page.getByText('You voted: Score').waitFor()
    await picturesOf(page, 'jury-submission')
    expect(await findings(page)).toEqual([])
    await close()
  })
})

/** With PICTURES=folder in the environment: on a desk and a phone, light and dark. */
async function picturesOf(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return
  for (const width of [1280, 360])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 860 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await picture(page, `${name}-${width}-${colorScheme}`)
    }
}
