/**
 * The pages beside an index whose answers come late by chance: many submissions in a row, live refresh, two
 * tabs, an index that hangs, and addresses that lead nowhere.
 */
import type { Keypair } from '@stellar/stellar-sdk'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, testChromium } from './browser.ts'
import { bounty, guesses, labeling } from './letters.ts'
import { type Parts, startParts } from './parts.ts'
import { type ServedPages, servePages } from './served-pages.ts'
import { type SlowProxy, startSlowProxy } from './slow-proxy.ts'

const chromium = testChromium()

const TIMES = 12
/** Every so often the whole path is waited for; in between the next file follows at once. */
const TO_THE_GRADE = 4
/** Up to two ledgers late: answers overtake each other, and what is read was true before what was just sent. */
const MOST_LATE_MS = 400
const SEED = 20_261_129

describe.skipIf(!chromium)('the pages beside a slow index', () => {
  let parts: Parts
  let proxy: SlowProxy
  let pages: ServedPages
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let solver: Keypair
  let challenge = 0
  const errors: string[] = []

  beforeAll(async () => {
    parts = await startParts()
    const maker = await parts.fixture.person()
    solver = await parts.fixture.person()
    challenge = await parts.open(maker, bounty)
    proxy = await startSlowProxy(parts.config.apiUrl!, { seed: SEED, mostMs: MOST_LATE_MS })
    pages = await servePages({
      ...parts.config,
      apiUrl: proxy.url,
      demoAccounts: [{ name: 'Ada', secret: solver.secret() }],
    })
    browser = await openBrowser(chromium!)
    context = await browser.newContext({ reducedMotion: 'reduce' })
    await context.addInitScript(() => {
      localStorage.setItem('stellartrain.wallet', JSON.stringify({ kind: 'demo', name: 'Ada' }))
    })
    page = await context.newPage()
    page.setDefaultTimeout(120_000)
    page.on('pageerror', (error) => errors.push(error.message))
  })

  afterAll(async () => {
    await browser?.close()
    await pages?.close()
    await proxy?.close()
    await parts?.close()
  })

  test(`${TIMES} submissions land, and the page never fails`, async () => {
    const broken = page.getByText(/Something went wrong|nothing was sent/i)
    /** What the page says that it must not, with the details for a bug report. */
    const shown = async () => [
      ...(await broken.allTextContents()),
      ...((await broken.count()) > 0 ? await page.locator('details pre').allTextContents() : []),
    ]
    await page.goto(`${pages.url}/challenges/${challenge}/submit`)
    for (let n = 1; n <= TIMES; n++) {
      await page.locator('input[type=file]').setInputFiles({
        name: `guess-${n}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(guesses(n)),
      })
      await page.getByText('would take this file').waitFor()
      await page.getByRole('button', { name: 'Seal, sign and hand over' }).click()
      const landed = page.getByRole('heading', { name: `Submission ${n}`, exact: true })
      await landed.or(broken).first().waitFor()
      expect(await shown(), `submission ${n}`).toEqual([])
      if (n % TO_THE_GRADE === 0)
        await page
          .getByText(/^Graded 0\.\d+/)
          .first()
          .or(broken)
          .first()
          .waitFor()
      expect(await shown(), `submission ${n}, after its path`).toEqual([])
      await page.getByRole('button', { name: 'Submit another file' }).click()
    }
    const statuses = async () => {
      const { data } = await parts.api<{ data: { status: string }[] }>(`/v1/challenges/${challenge}/submissions`)
      return data.map(({ status }) => status)
    }
    await expect.poll(statuses).toEqual(Array.from({ length: TIMES }, () => 'scored'))
    expect(errors).toEqual([])
  })

  test('the live stream follows the challenge on the screen', async () => {
    const other = await parts.open(await parts.fixture.person(), labeling)
    await page.goto(`${pages.url}/challenges/${challenge}`)
    const hears = (id: number) => expect.poll(() => proxy.asked).toContain(`/v1/events?challenge=${id}`)
    await hears(challenge)
    // As a link inside the page does it, without loading the page anew.
    await page.evaluate(
      `history.pushState(null, '', '/challenges/${other}'); dispatchEvent(new PopStateEvent('popstate'))`,
    )
    await page.getByRole('heading', { name: labeling.title }).waitFor()
    await hears(other)
    expect(errors).toEqual([])
  })

  test('a tab follows who connects and disconnects in another one', async () => {
    const visitor = await browser.newContext({ reducedMotion: 'reduce' })
    const [first, second] = [await visitor.newPage(), await visitor.newPage()]
    await Promise.all([first.goto(pages.url), second.goto(`${pages.url}/challenges/${challenge}/submit`)])
    await second.getByRole('button', { name: 'Connect a wallet to submit' }).waitFor()
    await first.getByRole('button', { name: 'Connect', exact: true }).click()
    await first.getByRole('button', { name: 'Ada' }).click()
    await first.getByRole('dialog').waitFor({ state: 'detached' })
    // Nobody touched the second one: its head and its form both know.
    await second.getByRole('link', { name: 'Your account, Ada' }).waitFor()
    await second.getByRole('button', { name: 'Seal, sign and hand over' }).waitFor()
    await first.getByRole('button', { name: 'Wallet details' }).click()
    await first.getByRole('button', { name: 'Disconnect' }).click()
    await second.getByRole('button', { name: 'Connect a wallet to submit' }).waitFor()
    await visitor.close()
  })

  test('an index that hangs is called silent within seconds, and fresh again only once it answers', async () => {
    await page.goto(pages.url)
    const foot = page.getByRole('contentinfo').getByRole('status')
    await expect.poll(() => foot.textContent()).toMatch(/Index at ledger/)
    const since = Date.now()
    proxy.hang(true)
    try {
      await expect.poll(() => foot.textContent()).toMatch(/has not answered for \d+ s; figures may be old/)
      expect(Date.now() - since).toBeGreaterThan(5_000)
      // A page opened meanwhile knows no ledger, and does not make one up.
      const late = await context.newPage()
      await late.goto(pages.url)
      const lateFoot = late.getByRole('contentinfo').getByRole('status')
      await expect.poll(() => lateFoot.textContent()).toMatch(/Asking the index|has not answered for/)
      await expect.poll(() => lateFoot.textContent()).toMatch(/has not answered for/)
      await late.close()
    } finally {
      proxy.hang(false)
    }
    await expect.poll(() => foot.textContent()).toMatch(/Index at ledger/)
    expect(errors).toEqual([])
  })

  test.concurrent.each([
    '/accounts/GABC',
    '/challenges/abc',
    '/challenges/0',
    '/tx/abc',
    '/verify/1/x',
    '/?asset=x',
    '/?cursor=x',
  ])('%s says in words that it leads nowhere', async (path) => {
    const nowhere = await context.newPage()
    await nowhere.goto(`${pages.url}${path}`)
    await nowhere
      .getByText(/Nothing is at this address|so it is ignored|This address is not valid/)
      .first()
      .waitFor()
    expect(await nowhere.locator('main').textContent()).not.toMatch(/pattern|Invalid|NaN|undefined|\^\[/)
    await nowhere.close()
  })
})
