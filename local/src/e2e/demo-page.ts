/** A page of a person whose account the pages offer for demonstrations, connected already; in a browser of its own, which keeps nothing of others. */
import type { Page } from 'playwright-core'
import type { Site } from './site.ts'

/** Ends only what hangs: a page may be slow on a busy machine. */
const TIMEOUT = 120_000

export async function openDemoPage({ browser, pages }: Site, name: string, path: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', acceptDownloads: true })
  const remembered = JSON.stringify(JSON.stringify({ kind: 'demo', name }))
  await context.addInitScript(`localStorage.setItem('stellartrain.wallet', ${remembered})`)
  const page = await context.newPage()
  page.setDefaultTimeout(TIMEOUT)
  await page.goto(`${pages.url}${path}`)
  return page
}
