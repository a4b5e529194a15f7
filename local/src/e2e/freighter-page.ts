/** A page of a person whose Freighter is connected already; errors on the page are kept for the test that opened it. */
import type { Keypair } from '@stellar/stellar-sdk'
import { installFreighter } from '@stellartrain/dapp/testing'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { findings, missed, overflow } from './browser.ts'
import type { Site } from './site.ts'

/** Ends only what hangs: a page may be slow on a busy machine. */
const TIMEOUT = 120_000

export type Screen = { width?: number; height?: number; dark?: boolean; hasTouch?: boolean }

export const PHONE = { width: 360, height: 740, hasTouch: true } satisfies Screen

export async function openFreighterPage(
  { browser, parts, pages }: Site,
  who: Keypair,
  path: string,
  { width = 1280, height = 860, dark = false, hasTouch = false }: Screen = {},
) {
  const context = await browser.newContext({
    ...{ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', hasTouch },
  })
  const { passphrase, rpcUrl } = parts.config
  const wallet = await installFreighter(context, {
    ...{ secret: who.secret(), network: { name: 'local', passphrase }, rpcUrl, allowed: true },
  })
  const remembered = JSON.stringify(JSON.stringify({ kind: 'freighter', name: 'Freighter' }))
  await context.addInitScript(`localStorage.setItem('stellartrain.wallet', ${remembered})`)
  const page = await context.newPage()
  page.setDefaultTimeout(TIMEOUT)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${pages.url}${path}`)
  return { page, wallet, errors, close: () => context.close() }
}

/** The labeling page, on a phone unless told otherwise. */
export const openLabelPage = (site: Site, who: Keypair, challenge: number, screen: Screen = {}) =>
  openFreighterPage(site, who, `/challenges/${challenge}/label`, { ...PHONE, ...screen })

/** Neither axe nor a finger nor a narrow window finds anything on the page as it stands. */
export async function faultless(page: Page, what: string): Promise<void> {
  expect(await findings(page), what).toEqual([])
  expect(await overflow(page), what).toBeLessThanOrEqual(0)
  expect(await missed(page), what).toEqual([])
}
