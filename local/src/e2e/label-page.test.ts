/** A labeler's walk in a real browser on a phone's width: a lease, keys and fingers, a reload in the middle, one signature, the payment. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { missed, picture, testChromium } from './browser.ts'
import { BRICKS, fillInLabels, writeBricks } from './create-labels.ts'
import { faultless, openFreighterPage, openLabelPage, PHONE } from './freighter-page.ts'
import { answerItems, byKey, getBatch, itemOn, progress } from './label-desk.ts'
import { labelPlans } from './label-tasks.ts'
import { LABELS, labelOf, leasedLabeling } from './letters.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()

const BATCH = 10
const TIMEOUT = 120_000

const SHOWN = `[...document.querySelectorAll('img[alt$="to be labeled"]')].some((one) => one.complete && one.naturalWidth > 0)`
/** Presses a key that answers: whether the next picture is on screen one frame later. */
const NEXT_IN_ONE_FRAME = `(async () => {
  const key = new KeyboardEvent('keydown', { key: '1', bubbles: true, cancelable: true })
  document.body.dispatchEvent(key)
  await new Promise((done) => requestAnimationFrame(done))
  return ${SHOWN}
})()`

describe.skipIf(!chromium)('the labeling page', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  let challenge = 0

  beforeAll(async () => {
    site = await startSite(chromium!)
    parts = site.parts
    challenge = await parts.open(await parts.fixture.person(), leasedLabeling)
  })
  afterAll(() => site?.close())

  const open = (
    who: Keypair,
    { dark, width = 360, id = challenge, path }: { dark?: boolean; width?: number; id?: number; path?: string } = {},
  ) => {
    const screen = { ...PHONE, ...(dark !== undefined && { dark }), width }
    return path === undefined ? openLabelPage(site, who, id, screen) : openFreighterPage(site, who, path, screen)
  }
  const right = (page: Page) => byKey(page, LABELS, labelOf)
  const wrong = (page: Page) =>
    byKey(page, LABELS, (item) => LABELS[(LABELS.indexOf(labelOf(item)) + 1) % LABELS.length]!)

  test('leases, labels by keys and by touch over a reload, signs once, and is paid', async () => {
    const labeler = await parts.fixture.person()
    const { page, wallet, errors, close } = await open(labeler)
    await page.getByText('The verdict is final.').waitFor()
    await page.getByText('300 XLM, at 6 s an item').waitFor()
    await faultless(page, 'before the batch')
    await getBatch(page)
    expect(wallet.signed, 'the sign-in at the oracle').toBe(1)
    await faultless(page, 'the desk')

    const first = await itemOn(page)
    await page.keyboard.press('s')
    await expect.poll(() => itemOn(page)).not.toBe(first)
    await answerItems(page, { to: 4, give: right(page) })
    await expect.poll(() => progress(page)).toBe(4)
    await page.keyboard.press('u')
    await page.keyboard.press('Enter')
    expect(await progress(page)).toBe(4)

    await page.reload()
    await page.locator('progress').waitFor()
    expect(await progress(page)).toBe(4)
    expect(wallet.signed, 'the lease is kept here').toBe(1)
    const tapped: string[] = []
    const tap = async (item: string) => {
      tapped.push(item)
      await page.getByRole('button', { name: labelOf(item) }).tap()
    }
    await answerItems(page, { from: 4, to: BATCH, give: tap })
    expect(tapped.at(-1), 'the skipped one comes last').toBe(first)
    await page.getByText(`All ${BATCH} items are answered`).waitFor()
    await page.getByText('this batch earns 5 XLM').waitFor()
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByRole('heading', { name: /^Submission \d+$/ }).waitFor()
    await page.getByText('Paid 5 XLM').first().waitFor()
    await picture(page, 'label-paid')
    expect(wallet.signed, 'one signature for the batch').toBe(2)
    await faultless(page, 'paid')
    const mine = await view(parts.sdk.chain, views.submission({ challenge, solver: labeler.publicKey(), attempt: 1 }))
    expect(mine.units).toBe(BATCH)

    await page.getByRole('button', { name: 'Label the next batch', disabled: false }).click()
    await page.getByText(/s an item in this browser/).waitFor()
    await getBatch(page)
    expect(await progress(page)).toBe(0)
    expect(errors).toEqual([])
    await close()
  })

  test('by earnings a labeler without an account signs batches; a rejection is appealed by one press, decided by one key, and paid', async () => {
    const maker = await parts.fixture.person()
    const { labeling, ...plan } = leasedLabeling
    const id = await parts.open(maker, {
      ...plan,
      title: 'Letters, by earnings',
      submission: { ...plan.submission, rows: BATCH },
      payout: { rule: 'earnings', prize: '100' },
      labeling: { ...labeling!, perItem: '0.5', results: 'everyone', epochSeconds: 5 },
      publishes: { truth: false, submissions: 'none' },
    })
    const labeler = Keypair.random()
    const { page, wallet, errors, close } = await open(labeler, { id })
    await page.getByText('You can appeal once').waitFor()
    await page.getByText('300 XLM, at 6 s an item').waitFor()
    await faultless(page, 'before the batch')
    await getBatch(page)
    // Another one than the right one: the batch is rejected.
    await answerItems(page, { to: 4, give: wrong(page) })
    await expect.poll(() => progress(page)).toBe(4)
    await page.reload()
    await page.locator('progress').waitFor()
    expect(await progress(page)).toBe(4)
    await answerItems(page, { from: 4, to: BATCH, give: wrong(page) })
    await faultless(page, 'answered')
    await page.getByRole('button', { name: 'Seal, sign and submit' }).click()
    await page.getByRole('heading', { name: 'Batch 1 is submitted' }).waitFor()
    expect(wallet.signed, 'a sign-in, and the batch').toBe(2)
    await picture(page, 'label-handed-in')
    await faultless(page, 'submitted')
    const earned = (count: number) =>
      until(async () => (await view(parts.sdk.chain, views.earnings({ challenge: id }))).epochs >= count, {
        what: `epoch ${count}`,
      })
    // An epoch needs something to pay: another batch of another labeler.
    const other = await open(Keypair.random(), { id })
    await getBatch(other.page)
    await answerItems(other.page, { to: BATCH, give: right(other.page) })
    await other.page.getByRole('button', { name: 'Seal, sign and submit' }).click()
    await other.page.getByRole('heading', { name: 'Batch 1 is submitted' }).waitFor()
    await other.close()
    await earned(1)
    await page.getByRole('link', { name: 'Your batches and earnings' }).click()
    await page.getByRole('button', { name: 'Appeal' }).waitFor()
    await picture(page, 'own-batches')
    await faultless(page, 'the own batches')
    await page.getByRole('button', { name: 'Appeal' }).click()
    await page.getByText('You appealed: the reviewer decides.').waitFor()

    const board = await open(maker, { path: `/challenges/${id}?tab=board` })
    await board.page.getByRole('region', { name: 'Appeals to decide' }).focus()
    await board.page.getByText('I think that my answers are right.').waitFor()
    await faultless(board.page, 'the board with an appeal')
    await picture(board.page, 'board-appeals')
    await board.page.keyboard.press('a')
    await board.page.getByRole('button', { name: 'Sign 1 decision' }).click()
    await board.page.getByText('The one decided appeal was won.').waitFor()
    expect(board.errors).toEqual([])
    await board.close()
    await earned(2)
    const money = await open(maker, { path: `/challenges/${id}?tab=board` })
    await money.page.getByText('10 XLM, of which 0 XLM was sent').waitFor()
    await money.page.getByText('2 accepted (1 after an appeal), 0 rejected').waitFor()
    await money.page.getByText('nothing was submitted since the last one').waitFor()
    await picture(money.page, 'board-earnings')
    await faultless(money.page, 'the board with its money')
    expect(money.errors).toEqual([])
    await money.close()
    // The page asks again by itself while a decision is open.
    await page.getByText('after an appeal').waitFor()
    await page.getByText(/By epoch \d+ you have earned 5 XLM/).waitFor()
    expect(errors).toEqual([])
    await close()
  })

  test('passages by mouse, boxes by touch and outlines by keys become the cells that the oracle compares', async () => {
    const maker = await parts.fixture.person()
    const plans = await labelPlans((bytes) => parts.sdk.sessions.upload(bytes, maker))
    const labeler = await parts.fixture.person()
    const on = async (kind: 'choice' | 'spans' | 'boxes' | 'polygons') => {
      const id = await parts.open(maker, plans[kind])
      const opened = await open(labeler, { id })
      await getBatch(opened.page)
      return opened
    }
    /** What the page has kept of the item on screen. */
    const answerOn = (page: Page): Promise<unknown> =>
      page.evaluate(`(() => {
        const name = Object.keys(localStorage).find((one) => one.startsWith('labels-submission-'))
        const { given, order } = JSON.parse(localStorage.getItem(name))
        return given[order[0]].value
      })()`)

    const pictures = await on('choice')
    await pictures.page.locator('img[alt$="to be labeled"]').waitFor()
    // The fourth was asked for with the first; each wait below is for one before it.
    for (const item of [2, 3]) {
      await pictures.page.evaluate(NEXT_IN_ONE_FRAME)
      await pictures.page.locator(`section[aria-label="Item ${item} of 6"] img`).waitFor()
      await expect.poll(() => pictures.page.evaluate(SHOWN)).toBe(true)
    }
    expect(await pictures.page.evaluate(NEXT_IN_ONE_FRAME), 'the fourth picture, one frame after the key').toBe(true)
    await pictures.close()

    const spans = await on('spans')
    const first = spans.page.locator('[data-start]').first()
    await first.dblclick({ position: { x: 8, y: 12 } })
    await spans.page.getByRole('button', { name: 'Person' }).click()
    const word = (await first.textContent()) ?? ''
    expect(await answerOn(spans.page)).toEqual({
      kind: 'spans',
      spans: [{ start: 0, end: [...word].length, label: 'PER' }],
    })
    expect(word).toMatch(/^\p{L}+$/u)
    await faultless(spans.page, 'spans')
    await spans.close()

    const boxes = await on('boxes')
    const surface = boxes.page.locator('svg.cursor-crosshair')
    await surface.waitFor()
    const place = (await surface.boundingBox())!
    const touch = await boxes.page.context().newCDPSession(boxes.page)
    const at = (x: number, y: number) => [
      { x: place.x + (place.width * x) / 480, y: place.y + (place.height * y) / 320 },
    ]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(48, 64) })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(100, 100) })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(240, 192) })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await boxes.page.getByText('Selected:').waitFor()
    const drawn = (await answerOn(boxes.page)) as { boxes: { x: number; y: number; width: number; height: number }[] }
    expect(drawn.boxes).toHaveLength(1)
    const [box] = drawn.boxes
    for (const [got, wanted] of [
      [box!.x, 48],
      [box!.y, 64],
      [box!.width, 192],
      [box!.height, 128],
    ] as const)
      expect(Math.abs(got - wanted)).toBeLessThan(4)
    await boxes.page.keyboard.press('+')
    await boxes.page.keyboard.press('ArrowRight')
    await faultless(boxes.page, 'boxes, larger')
    await boxes.close()

    const outlines = await on('polygons')
    await outlines.page.locator('svg.cursor-crosshair').waitFor()
    for (const key of ['Space', 'Alt+ArrowRight', 'Space', 'Alt+ArrowDown', 'Space', 'Enter'])
      await outlines.page.keyboard.press(key)
    expect(await answerOn(outlines.page)).toEqual({
      kind: 'polygons',
      polygons: [
        {
          label: 'brick',
          points: [
            [240, 160],
            [250, 160],
            [250, 170],
          ],
        },
      ],
    })
    await faultless(outlines.page, 'outlines')
    expect([...pictures.errors, ...spans.errors, ...boxes.errors, ...outlines.errors]).toEqual([])
    await outlines.close()
  })

  test.each([{ dark: false }, { dark: true }])(
    'in dark $dark nothing is found by axe, also on a desk',
    async ({ dark }) => {
      const { page, errors, close } = await open(await parts.fixture.person(), { dark, width: dark ? 1280 : 360 })
      await page.getByText('The verdict is final.').waitFor()
      await faultless(page, 'before the batch')
      await getBatch(page)
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        await faultless(page, `the desk at ${width}`)
      }
      await page.keyboard.press('1')
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      await faultless(page, 'the keys')
      await page.keyboard.press('Escape')
      for (let done = 1; done < BATCH; done++) await page.keyboard.press('2')
      await page.getByText('items are answered').waitFor()
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        await faultless(page, `the end at ${width}`)
        const submit = page.getByRole('button', { name: 'Seal, sign and hand over' })
        const box = (await submit.boundingBox())!
        if (width === 360) expect(box.y + box.height, 'on screen without scrolling').toBeLessThanOrEqual(740)
      }
      await page.setViewportSize({ width: dark ? 1280 : 360, height: 740 })
      await picture(page, `label-end-${dark ? 'dark' : 'light'}`)
      expect(errors).toEqual([])
      await close()
    },
  )

  test('a phone without a wallet keeps an account in its browser, and signs, reloads, signs again and is paid with it', async () => {
    const context = await site.browser.newContext({
      viewport: { width: 360, height: 740 },
      reducedMotion: 'reduce',
      hasTouch: true,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT)
    const PASSWORD = 'correct horse battery'
    await page.goto(`${site.pages.url}/challenges/${challenge}/label`)
    await page.getByRole('button', { name: 'Connect a wallet to label' }).click()
    await page.getByRole('button', { name: 'Keep an account in this browser' }).click()
    await page.getByText('What it means to keep an account here').waitFor()
    await picture(page, 'browser-account-choose')
    await faultless(page, 'an account of this browser')
    expect(await missed(page)).toEqual([])
    await page.getByRole('button', { name: 'Make a new account' }).click()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByLabel('The password again').fill(PASSWORD)
    await picture(page, 'browser-account-new')
    await page.getByRole('button', { name: 'Keep it under this password' }).click()
    await page.getByRole('button', { name: 'Get test money' }).click()
    await page.getByText('Keep this account safe').click()
    await picture(page, 'browser-account-kept')
    await faultless(page, 'the account, connected')
    await page.getByRole('button', { name: 'Done' }).click()
    await getBatch(page)
    await answerItems(page, { to: BATCH, give: right(page) })
    // After a reload the account is known, and its key is not.
    await page.reload()
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByRole('dialog', { name: 'Open the account to sign' }).waitFor()
    await faultless(page, 'the account is opened')
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Open and sign' }).click()
    await page.getByText('Paid 5 XLM').first().waitFor()
    await context.close()
  })

  test('a maker makes a task of a folder of images in the wizard; somebody labels it on a phone, and is paid', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stellartrain-bricks-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const maker = await parts.fixture.person()
    const made = await open(maker, { path: '/create' })
    await fillInLabels(made.page, writeBricks(folder), async (step) => {
      await picture(made.page, `create-labels-${step}`)
      await faultless(made.page, step)
      expect(await missed(made.page), step).toEqual([])
    })
    // What was typed and chosen is there again.
    await made.page.reload()
    await made.page.getByText('3 items (50 %), hidden').waitFor()
    for (const words of [
      '0.5 XLM for each accepted answer',
      '300 XLM, at 6 s an item',
      'It stands.',
      '6 items, each labeled 1 time',
    ])
      await made.page.getByText(words).first().waitFor()
    // The key that opens the labels is there before anything is signed.
    const [saved] = await Promise.all([
      made.page.waitForEvent('download'),
      made.page.getByRole('button', { name: /Sign and lock/ }).click(),
    ])
    expect([saved.suggestedFilename(), made.wallet.signed]).toEqual(['stellartrain-labels-key.txt', 0])
    const key = join(folder, 'labels-key.txt')
    await saved.saveAs(key)
    await made.page.getByRole('heading', { level: 1, name: BRICKS.title }).waitFor()
    expect(made.wallet.signed, 'a sign-in at the file store, and the transaction').toBe(2)
    const id = Number(new URL(made.page.url()).pathname.split('/').at(-1))
    await waitForAcceptance(parts.sdk, id)
    await made.close()

    const labeler = await parts.fixture.person()
    const { page, errors, close } = await open(labeler, { id })
    await page.getByText('It stands.').waitFor()
    await getBatch(page)
    for (let done = 0; done < BRICKS.batch; done++) {
      await page.locator('img[alt$="to be labeled"]').first().waitFor()
      await page.keyboard.press('1')
    }
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByText('Paid 1.5 XLM').first().waitFor()
    expect(errors).toEqual([])
    await close()

    const board = await open(maker, { path: `/challenges/${id}?tab=board` })
    await board.page.getByText('3 of 6 (50 %)').first().waitFor()
    await board.page.getByText('Agreement, quality and hard items are not known yet').waitFor()
    await picture(board.page, 'board-running')
    await faultless(board.page, 'the board')
    await board.page.getByLabel('Drop the key file that opens the labels, or choose it').setInputFiles(key)
    await board.page.getByRole('heading', { name: 'Agreement' }).waitFor()
    await picture(board.page, 'board-opened')
    await faultless(board.page, 'the board, opened')
    const [file] = await Promise.all([
      board.page.waitForEvent('download'),
      board.page.getByRole('button', { name: 'Save the labels' }).click(),
    ])
    expect(file.suggestedFilename()).toBe(`labels-${id}-labels.csv`)
    expect(board.errors).toEqual([])
    await board.close()
  })
})
