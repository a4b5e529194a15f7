/**
 * `npm run pictures [-- name … width-scheme …]`: starts a system of its own with something of everything and draws every page and state
 * into pictures/, at 360 and 1280 pixels, light and dark, for eyes to judge. Names of scenes, and modes such as 360-dark,
 * leave out all others.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Asset } from '@stellar/stellar-sdk/base'
import { findChromium, NO_CHROMIUM, openBrowser } from './e2e/browser.ts'
import { servePages } from './e2e/served-pages.ts'
import { startSlowProxy } from './e2e/slow-proxy.ts'
import { makePictureData } from './pictures/data.ts'
import type { Scene } from './pictures/scene.ts'
import { scenesOf } from './pictures/scenes.ts'

const FOLDER = fileURLToPath(new URL('../../pictures/', import.meta.url))
const MODES = [1280, 360].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })))
const PATIENCE_MS = 30_000

const chromium = findChromium()
if (!chromium) {
  console.error(NO_CHROMIUM)
  process.exit(2)
}
const asked = process.argv.slice(2)
const isMode = (text: string) => /^\d+-(light|dark)$/.test(text)
const wanted = asked.filter((one) => !isMode(one))
const modes = MODES.filter(({ width, scheme }) => !asked.some(isMode) || asked.includes(`${width}-${scheme}`))
const closing: (() => unknown)[] = []
const failed: string[] = []
try {
  console.log('Starting a system and filling it…')
  const data = await makePictureData()
  closing.push(() => data.parts.close())
  const proxy = await startSlowProxy(data.parts.config.apiUrl ?? '')
  closing.push(() => proxy.close())
  const { ada, grace, linus, maker, judge, nobody, poor } = data
  const people = { Ada: ada, Grace: grace, Linus: linus, Maker: maker, Judge: judge, Nobody: nobody, Poor: poor }
  const demoAccounts = Object.entries(people).map(([name, key]) => ({ name, secret: key.secret() }))
  const contract = Asset.native().contractId(data.parts.config.passphrase)
  const assets = [{ code: 'XLM', issuer: null, contract, decimals: 7 }]
  const pages = await servePages({ ...data.parts.config, apiUrl: proxy.url, assets, demoAccounts })
  closing.push(() => pages.close())
  const browser = await openBrowser(chromium)
  closing.push(() => browser.close())
  mkdirSync(FOLDER, { recursive: true })

  const draw = async (scene: Scene, { width, scheme }: (typeof MODES)[number]) => {
    const context = await browser.newContext({
      viewport: { width, height: width > 600 ? 860 : 740 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    const name = demoAccounts.find(({ secret }) => secret === scene.as?.secret())?.name
    if (name) {
      const remembered = JSON.stringify(JSON.stringify({ kind: 'demo', name }))
      await context.addInitScript(`localStorage.setItem('stellartrain.wallet', ${remembered})`)
    }
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    // The network's clock was moved; the browser's follows, so that what happened lies in the past.
    await page.clock.setSystemTime(data.parts.fixture.net.ledger().closeTime * 1_000)
    const file = `${scene.name}-${width}-${scheme}`
    try {
      await page.goto(`${pages.url}${scene.path}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await scene.act?.(page)
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    } catch (error) {
      failed.push(`${file}: ${String(error).split('\n')[0]}`)
    }
    // What one page could not show in time must not leave out all others.
    await page
      .screenshot({ path: join(FOLDER, `${file}.png`), fullPage: true, timeout: 4 * PATIENCE_MS })
      .catch((error) => failed.push(`${file}: ${String(error).split('\n')[0]}`))
    scene.after?.()
    await context.close()
  }

  const all = scenesOf(data, proxy)
  const unknown = wanted.filter((one) => !all.some(({ name }) => name === one))
  if (unknown.length > 0)
    failed.push(`There is no scene ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}.`)
  const scenes = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  for (const scene of scenes) {
    for (const mode of modes) await draw(scene, mode)
    console.log(`  ${scene.name}`)
  }
  console.log(`${scenes.length * modes.length} pictures in ${FOLDER}`)
  if (failed.length > 0) console.error(`Not drawn as it should be:\n  ${failed.join('\n  ')}`)
} finally {
  for (const close of closing.reverse()) await close()
}
process.exitCode = failed.length > 0 ? 1 : 0
