/** A maker's text on the narrowest phone: what is too wide scrolls by itself, and no word is broken that has room. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { markdownHtml } from '../../../dapp/src/lib/content/markdown-html.ts'
import { openBrowser, overflow, testChromium } from './browser.ts'

const chromium = testChromium()

const STYLES = readFileSync(new URL('../../../dapp/src/base.css', import.meta.url), 'utf8')
const TEXT = `A word of a hundred letters: ${'a'.repeat(100)}

| Column | Unit | Meaning | Range | Missing |
|---|---|---|---|---|
| altitude | m | above the sea | 0 to 2400 | 0 % |
| \`acidity_of_the_sample\` | 1 | ${'b'.repeat(60)} | 0 to 10 | 2 % |

A footnote.[^1]

[^1]: Its text.

\`\`\`python
train = pd.read_csv("train.csv")  # a long line that does not fit on a phone and has to scroll by itself
\`\`\`
`

/** Words of the tables whose letters stand on more than one line; as text, for it runs in the page. */
const BROKEN_WORDS = `
  [...document.querySelectorAll('th, td')].flatMap((cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    const broken = []
    for (let text = walker.nextNode(); text; text = walker.nextNode())
      for (const word of text.data.matchAll(/\\S+/g)) {
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word[0])
      }
    return broken
  })`

describe.skipIf(!chromium)("a maker's text at 360 pixels", () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser(chromium!)
    page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    // The reset that the pages have, as far as it touches these elements.
    const reset = 'body{margin:0;padding:16px}sup{font-size:75%;line-height:0;position:relative;top:-0.5em}'
    await page.setContent(`<style>${reset}${STYLES}</style><div class="prose">${markdownHtml(TEXT)}</div>`)
  })

  afterAll(() => browser?.close())

  test('a word in a table stays on one line', async () => {
    expect(await page.evaluate(BROKEN_WORDS)).toEqual([])
  })

  test('what is too wide scrolls by itself, and the page does not', async () => {
    const scrolls = (selector: string) => page.$eval(selector, (one) => one.scrollWidth > one.clientWidth)
    expect(await scrolls('table')).toBe(true)
    expect(await scrolls('pre')).toBe(true)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  })

  test("a footnote's mark stands beside its line, not above it", async () => {
    const outside = await page.$$eval(
      'sup',
      (marks) =>
        marks.filter((mark) => mark.getBoundingClientRect().top < mark.parentElement!.getBoundingClientRect().top - 1)
          .length,
    )
    expect(outside).toBe(0)
  })
})
