/** A real Chromium for the pages: the installed one, driven without a download of its own. */
import { accessSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

// The shell first: the same engine without the windows around it takes a third of the processor time.
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

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

export const NO_CHROMIUM = 'No Chromium is installed (Debian: chromium-headless-shell; or set CHROMIUM_PATH).'

/** The same for a file of tests, which leaves out what it cannot run and says so. */
export function testChromium(): string | null {
  const path = findChromium()
  if (!path) console.log(`The browser tests are left out. ${NO_CHROMIUM}`)
  return path
}

/**
 * Without the flags for the background, Chromium asks its maker's servers at every start. Network and drawing in the browser's process are
 * the same code; in processes of their own, each page costs a seventh more.
 */
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
      '--enable-features=NetworkServiceInProcess2',
      '--in-process-gpu',
    ],
  })
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type AxeResult = { violations: { id: string; nodes: { html: string }[] }[] }

/**
 * What axe-core finds on the page as it stands, one line a finding.
 * @param only `colors` where the same page was looked at in full in its other colors
 */
export async function findings(page: Page, only?: 'colors'): Promise<string[]> {
  // Half a megabyte of source, once a document.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
  const runOnly = only ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: RULES }
  // Of what holds, one example: it is not looked at.
  const run = `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })`
  const result = (await page.evaluate(run)) as AxeResult
  return result.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`))
}

/** How many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return (await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')) as number
}

/** The least side of what is touched, in CSS pixels. */
const TARGET = 44

/**
 * What a finger misses on the page as it stands: targets lower than 44 pixels, and tabs or steps that are not wholly in the window.
 * Links within a sentence are as high as their line, which WCAG 2.5.8 excepts.
 */
export async function missed(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    const shown = (it) => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && it.getBoundingClientRect().height > 1
    const text = (it) => (it.getAttribute('aria-label') || it.textContent || it.name || it.id || it.tagName).trim().slice(0, 60)
    // Small glyphs have a pseudo-element that takes the touch.
    const height = (it) => Math.max(it.getBoundingClientRect().height, parseFloat(getComputedStyle(it, '::after').height) || 0)
    // A check box or a radio button is touched by its label.
    const touched = (it) => (it.matches('input[type=checkbox], input[type=radio], input[type=file]') && it.closest('label')) || it
    const targets = [...document.querySelectorAll('button, select, textarea, input:not([type=hidden]), summary, [role=tab], a[href]')]
      .filter((it) => shown(it) && !(it.matches('a') && getComputedStyle(it).display === 'inline'))
    const low = targets.map(touched).filter((it) => height(it) < ${TARGET} - 0.5)
    const cut = [...document.querySelectorAll('[role=tab], nav[aria-label=Steps] li')].filter(shown)
      .filter((it) => it.getBoundingClientRect().right > innerWidth + 0.5)
    return [
      ...low.map((it) => 'lower than ${TARGET} px: ' + it.tagName.toLowerCase() + ' "' + text(it) + '" ' + Math.round(height(it))),
      ...cut.map((it) => 'cut off: "' + text(it) + '"'),
    ]
  })()`)) as string[]
}

/** With PICTURES=folder in the environment, keeps a picture of what a person sees at this moment. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** The same on a desk and a phone, light and dark. */
export async function picturesOf(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return
  for (const width of [1280, 360])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 860 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await picture(page, `${name}-${width}-${colorScheme}`)
    }
}
