/** A quiz before the first batch, in a real browser on a phone's width: a try that was not enough, one that is, and the items. */
import { Asset } from '@stellar/stellar-sdk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, picture, testChromium } from './browser.ts'
import { faultless, openFreighterPage } from './freighter-page.ts'
import { leasedLabeling } from './letters.ts'
import { type Parts, startParts } from './parts.ts'
import { type ServedPages, servePages } from './served-pages.ts'

const chromium = testChromium()
const LABELS = ['vowel', 'consonant', 'digit']
const ASKED = Array.from({ length: 6 }, (_, at) => `ask-${at}`)
const right = (id: string) => LABELS[Number(id.slice(4)) % 3]!
const file = (lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`)

describe.skipIf(!chromium)('the quiz on the labeling page', () => {
  let parts: Parts
  let pages: ServedPages
  let browser: Browser
  beforeAll(async () => {
    parts = await startParts()
    const contract = Asset.native().contractId(parts.config.passphrase)
    pages = await servePages({ ...parts.config, assets: [{ code: 'XLM', issuer: null, contract, decimals: 7 }] })
    browser = await openBrowser(chromium!)
  })
  afterAll(async () => {
    await browser?.close()
    await pages?.close()
    await parts?.close()
  })

  const itemOn = async (page: Page) =>
    (await page.locator('section[aria-label^="Item "] p').last().textContent())?.match(/(ask|item)-\d+/)?.[0] ?? ''
  const progress = async (page: Page) => Number(await page.locator('progress').getAttribute('value'))

  test('keeps a labeler from items until its answers are enough, over a reload and a wait', async () => {
    const { labeling, datasets, truth, ...plan } = leasedLabeling
    const id = await parts.open(await parts.fixture.person(), {
      ...plan,
      title: 'Letters, after a quiz',
      datasets: [
        ...datasets,
        { name: 'quiz.csv', role: 'other', bytes: file(['id,weight', ...ASKED.map((one) => `${one},1`)]) },
      ],
      truth: new Uint8Array([...truth!, ...file(ASKED.map((one) => `${one},${right(one)}`))]),
      labeling: {
        ...labeling!,
        quiz: { items: 'quiz.csv', questions: 3, minAccuracy: 0.6, tries: 2 },
      },
    })
    const labeler = await parts.fixture.person()
    const screen = { width: 360, height: 740, hasTouch: true }
    const { page, wallet, errors, close } = await openFreighterPage(
      ...([{ browser, parts, pages }, labeler, `/challenges/${id}/label`, screen] as const),
    )
    await page.getByText('first answers 3 items, of which 60 % have to be right').waitFor()
    await page.getByText('Try 1 of 2.').waitFor()
    expect(await page.getByRole('button', { name: 'Get a batch of items' }).count()).toBe(0)
    await picture(page, 'quiz-before')
    await faultless(page, 'before the quiz')
    const answer = async (say: (item: string) => string, from = 0) => {
      for (let done = from; done < 3; done++) {
        const item = await itemOn(page)
        expect(ASKED).toContain(item)
        await page.getByRole('button', { name: say(item) }).tap()
        if (done < 2) await expect.poll(() => progress(page)).toBe(done + 1)
      }
      await page.getByText('All 3 questions are answered').waitFor()
    }
    await page.getByRole('button', { name: 'Take the quiz', disabled: false }).click()
    await page.locator('progress').waitFor()
    await faultless(page, 'the quiz')
    await answer((item) => LABELS[(LABELS.indexOf(right(item)) + 1) % 3]!)
    await faultless(page, 'the quiz, answered')
    await page.getByRole('button', { name: 'Sign and send the answers' }).click()
    await page.getByText('These answers were not enough').waitFor()
    expect(wallet.signed, 'one signature for the answers').toBe(1)
    expect(await page.getByRole('button', { name: 'Take the quiz' }).isDisabled()).toBe(true)
    await picture(page, 'quiz-failed')
    await faultless(page, 'after a try that was not enough')

    await parts.warpTo(parts.fixture.net.ledger().closeTime + 700)
    await page.reload()
    await page.getByText('Try 2 of 2').waitFor()
    await page.getByRole('button', { name: 'Take the quiz', disabled: false }).click()
    await page.locator('progress').waitFor()
    const first = await itemOn(page)
    await page.keyboard.press(String(LABELS.indexOf(right(first)) + 1))
    await expect.poll(() => progress(page)).toBe(1)
    await answer(right, 1)
    await page.getByRole('button', { name: 'Sign and send the answers' }).click()
    await page.getByText('You passed the quiz').waitFor()
    await picture(page, 'quiz-passed')
    await faultless(page, 'passed')
    await page.getByRole('button', { name: 'Get a batch of items', disabled: false }).click()
    await page.locator('progress').waitFor()
    expect(await itemOn(page)).toMatch(/^item-/)
    expect(errors).toEqual([])
    await close()
  })
})
