/** A solver opens its work to the judge that grades on the page of its submission: cost, progress, after a reload, and what became of it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Asset } from '@stellar/stellar-sdk/base'
import type { Challenge, SubmissionDetail } from '@stellartrain/indexer-api'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePeople, type People } from '../world/people.ts'
import { beforeRecount } from '../world/recount.ts'
import { termsFor, twoHands } from '../world/undecided.ts'
import { findChromium, findings, openBrowser, picture } from './browser.ts'
import { type Parts, startParts } from './parts.ts'
import { type ServedPages, servePages } from './served-pages.ts'

const chromium = findChromium()
const TIMEOUT = 60_000

describe.skipIf(!chromium)('the page of a submission before the judge that grades', () => {
  let parts: Parts
  let people: People
  let pages: ServedPages
  let browser: Browser
  beforeAll(async () => {
    parts = await startParts()
    people = await makePeople(parts.fixture)
    const { passphrase } = parts.config
    const assets = [{ code: 'XLM', issuer: null, contract: Asset.native().contractId(passphrase), decimals: 7 }]
    pages = await servePages({ ...parts.config, assets, demoAccounts: [{ name: 'Ada', secret: people.ada.secret() }] })
    browser = await openBrowser(chromium!)
  })
  afterAll(async () => {
    await browser?.close()
    await pages?.close()
    await parts?.close()
  })

  async function visit(path: string): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const remembered = JSON.stringify(JSON.stringify({ kind: 'demo', name: 'Ada' }))
    await context.addInitScript(`localStorage.setItem('stellartrain.wallet', ${remembered})`)
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT)
    await page.goto(`${pages.url}${path}`)
    return page
  }

  test('the cost is shown before, a saved file opens the work, and every page says that it was recounted', async () => {
    const { challenge, number, disclosure } = await beforeRecount(parts, people, await twoHands(parts))
    expect((await parts.api<Challenge>(`/v1/challenges/${challenge}`)).recount).toMatchObject({
      ...{ recounted: 0, truth: { complete: true, chunks: 1 } },
    })
    const path = `/challenges/${challenge}/submissions/${number}`
    const page = await visit(path)
    await page.getByText('The truth is open').waitFor()
    await page.getByText(/You sign 1 transaction; the network’s fee is about 0\.065 XLM in total\./).waitFor()
    const open = page.getByRole('button', { name: 'Open my work' })
    expect(await open.isDisabled()).toBe(true)
    const file = join(parts.folder, 'mine.disclosure')
    writeFileSync(file, disclosure)
    // A page that is left and loaded again is where it was.
    await page.reload()
    await page.locator('input[type=file]').setInputFiles(file)
    await picturesOf(page, 'appeal')
    expect(await findings(page)).toEqual([])
    await open.click()
    await page.getByText('Recounted on the ledger: the judge has computed the score and ruled.').waitFor()
    await page.reload()
    await page.getByText('Recounted on the ledger', { exact: true }).first().waitFor()
    await picturesOf(page, 'appeal-recounted')
    expect(await findings(page)).toEqual([])
    const { recount } = await parts.api<SubmissionDetail>(`/v1/challenges/${challenge}/submissions/${number}`)
    expect(recount).toMatchObject({ chunks: 1, result: { score: { value: 0.95 }, copied: false } })

    await parts.warpTo((await termsFor(parts, challenge)).judge!.by)
    await page.goto(`${pages.url}/challenges/${challenge}?tab=activity`)
    await page.getByText('The ledger recounted the work of').first().waitFor()
    await page.context().close()
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
