/** A person's walk through the pages in a real browser, with a double of the wallet extension and everything else real. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { installFreighter } from '@stellartrain/dapp/testing'
import { createClient } from '@stellartrain/sdk/client'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walkLoop } from '../demo/loop.ts'
import { quietTeller } from '../demo/teller.ts'
import { fitForest } from '../models/forest.ts'
import { DATA, readTable } from '../models/table.ts'
import { seed } from '../seed/seed.ts'
import { waitForOracle } from '../system/oracle-ready.ts'
import { silent } from '../system/progress.ts'
import { type System, startSystem } from '../system/system.ts'
import { findings, missed, openBrowser, overflow, picture, testChromium } from './browser.ts'

const chromium = testChromium()

const TESTNET = { name: 'testnet', passphrase: 'Test SDF Network ; September 2015' }
/** Ends only what hangs: a page may be slow on a busy machine. */
const TIMEOUT = 120_000

describe.skipIf(!chromium)('pages', () => {
  const home = mkdtempSync(join(tmpdir(), 'stellartrain-pages-'))
  let system: System
  let browser: Browser
  let ended = 0
  let oracle = ''

  beforeAll(async () => {
    const ports = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
    system = await startSystem({ home, host: '127.0.0.1', ports, interval: 0.5 }, silent)
    browser = await openBrowser(chromium!)
    await seed(system, silent)
    oracle = await waitForOracle(system.urls.oracle)
    ended = (await walkLoop(createClient(system.config), oracle, quietTeller)).challengeId
  })

  afterAll(async () => {
    await browser?.close()
    await system?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  /** A page with a wallet extension set to `network`; errors on the page fail the test that made it. */
  async function open(options: { secret?: string; network?: typeof TESTNET; width?: number } = {}) {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 860 },
      reducedMotion: 'reduce',
    })
    const { passphrase } = system.config
    const wallet = options.secret
      ? await installFreighter(context, {
          secret: options.secret,
          network: options.network ?? { name: 'local', passphrase },
          rpcUrl: system.config.rpcUrl,
        })
      : undefined
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    const go = (path: string) => page.goto(`${system.urls.dapp}${path}`)
    return { context, page, wallet: wallet!, errors, go, close: () => context.close() }
  }

  const csv = () => {
    const table = (name: string) => readTable(`${DATA}penguins/${name}.csv`)
    return Buffer.from(fitForest(table('train'), table('test'), 'sex'))
  }
  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })

  test('a solver connects Freighter, is stopped kindly where something is wrong, submits and sees the payment', async () => {
    const { page, wallet, errors, go, close } = await open({ secret: Keypair.random().secret(), network: TESTNET })
    await go('/challenges/1/submit')
    await page.getByRole('button', { name: 'Connect a wallet to submit' }).click()

    wallet.reject(true)
    await page.getByRole('button', { name: 'Freighter', exact: true }).click()
    await page.getByText('declined').first().waitFor()
    await picture(page, 'connect-declined')
    wallet.reject(false)
    await page.getByRole('button', { name: 'Freighter', exact: true }).click()
    await page.getByText('another network').first().waitFor()
    await picture(page, 'wrong-network')
    expect(await findings(page)).toEqual([])
    wallet.setNetwork({ name: 'local', passphrase: system.config.passphrase })
    await page.getByRole('button', { name: 'Get test money' }).click()
    await page.getByLabel('Balances').waitFor()
    await page.keyboard.press('Escape')

    await choose(page, 'bad.csv', Buffer.from('id,sex\np001,male\nzz,robot\n'))
    await page.getByText('would reject this file').waitFor()
    await picture(page, 'bad-file')
    // Somebody else's winning file would be a copy: some labels are turned around, and it still beats the threshold.
    const own = csv()
      .toString()
      .split('\n')
      .map((line, i) => (i === 5 ? line.replace(/,.*/, (sex) => (sex === ',male' ? ',female' : ',male')) : line))
    await choose(page, 'predictions.csv', Buffer.from(own.join('\n')))
    await page.getByText('would take this file').waitFor()

    wallet.reject(true)
    await page.getByRole('button', { name: 'Seal, sign and hand over' }).click()
    await page.getByText('You declined').first().waitFor()
    expect(wallet.signed).toBe(0)
    wallet.reject(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: /^Submission \d+$/ }).waitFor()
    await page.getByText('Paid 50 XLM').first().waitFor()
    await page
      .getByText(/Graded 0\.\d+/)
      .first()
      .waitFor()
    await picture(page, 'paid')
    expect(await findings(page)).toEqual([])
    expect(wallet.signed).toBe(1) // the submission; its file is handed out without a sign-in

    await page.reload()
    await page.getByText('Paid 50 XLM').first().waitFor()
    const submissions = (await (await fetch(`${system.urls.api}/v1/challenges/1/submissions`)).json()) as {
      data: { solver: string; number: number; payment: { tx: string } }[]
    }
    const mine = submissions.data.find((one) => one.solver === wallet.address)!
    await go(`/tx/${mine.payment.tx}`)
    await page
      .getByText(/was paid 50 XLM|paid 50 XLM/)
      .first()
      .waitFor()
    await go(`/verify/1/${mine.number}`)
    await page.getByText('Nothing contradicts it').waitFor()
    expect(errors).toEqual([])
    await close()
  })

  test('a maker creates and funds a challenge with one signature after the review, and the draft survives a reload', async () => {
    const maker = system.home.secrets.accounts[0]!.secret
    const { page, wallet, errors, go, close } = await open({ secret: maker })
    await go('/create')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Title').fill('Male or female, again')
    await page.getByLabel('Summary').fill('The same penguins, by another maker.')
    await page.getByLabel('Description').fill('Predict **sex** from the measurements.')
    const labeled = readFileSync(`${DATA}penguins/train.csv`, 'utf8').replace(/^([^,]*),/gm, '')
    await choose(page, 'labeled.csv', Buffer.from(labeled))
    await page.getByLabel('Column to predict').selectOption('sex')
    await page.getByText(/rows to predict/).waitFor()
    await page.reload()
    await page.getByText(/rows to predict/).waitFor()
    expect(await page.getByLabel('Title').inputValue()).toBe('Male or female, again')
    const next = () => page.getByRole('button', { name: 'Next' }).click()
    await next()
    await page.getByLabel('Metric').selectOption('f1_macro')
    await page.getByText('A perfect prediction').waitFor()
    await page.getByLabel(/Threshold/).fill('0.8')
    await next()
    await page.getByLabel('Reward for each winner').fill('12.5')
    await page.getByLabel('Winners').fill('2')
    await next()
    await page.getByRole('checkbox').first().check()
    await next()
    await page.getByRole('button', { name: 'Connect a wallet to create' }).click()
    await page.getByRole('button', { name: 'Freighter', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await picture(page, 'create-review')
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: /Sign and lock/ }).click()
    await page.waitForURL(/challenges\/\d+/)
    await page.getByRole('heading', { name: 'Male or female, again' }).waitFor()
    await page.getByText('You created this challenge').first().waitFor()
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    const made = (await (await fetch(`${system.urls.api}/v1/challenges/${id}`)).json()) as {
      prize: string
      maker: string
    }
    expect(made).toMatchObject({ prize: '250000000', maker: wallet.address })
    expect(errors).toEqual([])
    await close()
  })

  test('without a wallet, and after the end, the page says what is the matter and what to do', async () => {
    const { page, go, close } = await open()
    await go('/challenges/1/submit')
    await page.getByRole('button', { name: 'Connect a wallet to submit' }).click()
    await page.getByRole('dialog').waitFor()
    await page
      .getByText(/not installed|install/i)
      .first()
      .waitFor()
    await picture(page, 'no-wallet')
    await go(`/challenges/${ended}/submit`)
    await page
      .getByText(/ended|closed|no more submissions/i)
      .first()
      .waitFor()
    expect(await page.locator('input[type=file]').count()).toBe(0)
    await go('/challenges/1')
    await page.getByText('If no one acts').first().waitFor()
    await page
      .getByText(/No more submissions are taken/)
      .first()
      .waitFor()
    await go('/challenges/999')
    await page
      .getByText(/no challenge|not found|does not exist/i)
      .first()
      .waitFor()
    await close()
  })

  test('the verification of an opened challenge is green in the browser, line by line', async () => {
    const { page, go, errors, close } = await open()
    await go(`/verify/${ended}/1`)
    await page.getByText('The recomputed score is the one on the chain').waitFor()
    await page
      .getByText(/^(Verified|Everything holds)/)
      .first()
      .waitFor()
    await picture(page, 'verified')
    expect(await page.getByText('could not be checked').count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  })

  const PAGES = [
    '/',
    '/challenges/1',
    '/challenges/1?tab=data',
    '/challenges/1?tab=rules',
    '/challenges/1?tab=leaderboard',
    '/challenges/1/submit',
    '/create',
    '/oracles',
  ]
  test.each([1280, 360])(
    'no page has an accessibility finding or is too wide, in either colors: %i pixels',
    async (width) => {
      const { page, go, close } = await open({ width })
      const solver = Keypair.fromSecret(system.home.secrets.accounts[1]!.secret).publicKey()
      const untouchable: string[] = []
      // Opened in one of them; the page follows the system to the other.
      const colors = width === 360 ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
      const emulate = (colorScheme: 'dark' | 'light') => page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const path of [
        ...PAGES,
        `/accounts/${solver}`,
        `/oracles/${oracle}`,
        '/challenges/1/submissions/2',
        '/verify/1/2',
      ]) {
        await emulate(colors[0])
        await go(path)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
        for (const colorScheme of colors) {
          await emulate(colorScheme)
          expect(await findings(page, colorScheme === 'dark' ? 'colors' : undefined), path).toEqual([])
          expect(await overflow(page), path).toBeLessThanOrEqual(0)
          await picture(page, `${path.replace(/\W+/g, '-')}-${width}-${colorScheme}`)
        }
        if (width === 360) for (const one of await missed(page)) untouchable.push(`${path} ${one}`)
      }
      expect(untouchable).toEqual([])
      await close()
    },
  )
})
