/** A real Chromium for the pages: the installed one, driven without a download of its own. */
import { accessSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/** Path of a Chromium, or null where none is installed: then the browser tests say so and are left out. */
export function findChromium(): string | null {
  for (const path of [process.env.CHROMIUM_PATH, ...PLACES]) {
    if (!path) continue
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // not here
    }
  }
  return null
}

/** Without the flags for the background, Chromium asks its maker's servers at every start. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type AxeResult = { violations: { id: string; nodes: { html: string }[] }[] }

/** What axe-core finds on the page as it stands, one line a finding. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const run = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`
  const result = (await page.evaluate(run)) as AxeResult
  return result.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`))
}

/** How many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return (await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')) as number
}

/** With PICTURES=folder in the environment, keeps a picture of what a person sees at this moment. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
