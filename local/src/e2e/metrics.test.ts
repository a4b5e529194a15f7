/** Every metric gives the same score, to the bit, in Node and in Chromium: its golden vectors, those of all families. So does Dawid–Skene. */
import { readdirSync, readFileSync } from 'node:fs'
import { build } from 'vite'
import { expect, test } from 'vitest'
import type { Vector } from '../../../oracle/grade/src/vector.fixture.ts'
import { openBrowser, testChromium } from './browser.ts'
import { fittedTo, scoresOf } from './metric-scores.ts'

const chromium = testChromium()
const root = new URL('../../../', import.meta.url)
const families = new URL('oracle/grade/vectors/families/', root)
const vectors = readdirSync(families)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => (JSON.parse(readFileSync(new URL(name, families), 'utf8')) as { vectors: Vector[] }).vectors)

test.skipIf(!chromium)('scores and fits of Chromium have the bits of those of Node', async () => {
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['stellartrain-source'] },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      rolldownOptions: {
        input: new URL('local/src/e2e/metric-scores.ts', root).pathname,
        preserveEntrySignatures: 'allow-extension',
        output: { entryFileNames: 'scores.js' },
      },
    },
  })) as { output: { fileName: string; code?: string }[] }
  const browser = await openBrowser(chromium!)
  try {
    const page = await browser.newPage()
    await page.route('http://pages.test/**', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1)
      const code = output.find(({ fileName }) => fileName === name)?.code
      if (name !== '' && code === undefined) return route.fulfill({ status: 404 })
      const contentType = name === '' ? 'text/html' : 'text/javascript'
      return route.fulfill({ body: code ?? '<!doctype html>', contentType })
    })
    await page.goto('http://pages.test/')
    const seen = await page.evaluate(
      `import('/scores.js').then(({ scoresOf }) => scoresOf(${JSON.stringify(vectors)}))`,
    )
    expect(await page.evaluate(`import('/scores.js').then(({ fittedTo }) => fittedTo())`)).toBe(fittedTo())
    const here = scoresOf(vectors)
    expect(here.length).toBeGreaterThan(400)
    const others = vectors.filter((_, i) => (seen as string[])[i] !== here[i]).map(({ name }) => name)
    expect(others).toEqual([])
  } finally {
    await browser.close()
  }
})
