/** A quiz before the first batch, in a real browser on a phone's width: a try that was not enough, one that is, and the items. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { picture, testChromium } from './browser.ts'
import { faultless, openLabelPage } from './freighter-page.ts'
import { answerItems, getBatch, itemOn, progress } from './label-desk.ts'
import { ASKED, askedLabelOf, LABELS, quizzedLabeling } from './letters.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()
describe.skipIf(!chromium)('the quiz on the labeling page', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  beforeAll(async () => {
    site = await startSite(chromium!)
    parts = site.parts
  })
  afterAll(() => site?.close())

  test('keeps a labeler from items until its answers are enough, over a reload and a wait', async () => {
    const id = await parts.open(await parts.fixture.person(), quizzedLabeling)
    const labeler = await parts.fixture.person()
    const { page, wallet, errors, close } = await openLabelPage(site, labeler, id)
    await page.getByText('first answers 3 items, of which 60 % have to be right').waitFor()
    await page.getByText('Try 1 of 2.').waitFor()
    expect(await page.getByRole('button', { name: 'Get a batch of items' }).count()).toBe(0)
    await picture(page, 'quiz-before')
    await faultless(page, 'before the quiz')
    const answer = async (say: (item: string) => string, from = 0) => {
      const give = async (item: string) => {
        expect(ASKED).toContain(item)
        await page.getByRole('button', { name: say(item) }).tap()
      }
      await answerItems(page, { from, to: 3, give })
      await page.getByText('All 3 questions are answered').waitFor()
    }
    await page.getByRole('button', { name: 'Take the quiz', disabled: false }).click()
    await page.locator('progress').waitFor()
    await faultless(page, 'the quiz')
    await answer((item) => LABELS[(LABELS.indexOf(askedLabelOf(item)) + 1) % 3]!)
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
    await page.keyboard.press(String(LABELS.indexOf(askedLabelOf(first)) + 1))
    await expect.poll(() => progress(page)).toBe(1)
    await answer(askedLabelOf, 1)
    await page.getByRole('button', { name: 'Sign and send the answers' }).click()
    await page.getByText('You passed the quiz').waitFor()
    await picture(page, 'quiz-passed')
    await faultless(page, 'passed')
    await getBatch(page)
    expect(await itemOn(page)).toMatch(/^item-/)
    expect(errors).toEqual([])
    await close()
  })
})
