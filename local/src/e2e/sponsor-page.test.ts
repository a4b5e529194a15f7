/** A labeler without a wallet and without XLM for fees, on a phone: an account of the browser signs, an oracle pays the network, and the page says so before. */
import { Keypair, Operation } from '@stellar/stellar-sdk'
import { readAccount, sendOperations, view, views } from '@stellartrain/contracts-client'
import { spendable } from '@stellartrain/sdk/fees'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { picture, testChromium } from './browser.ts'
import { faultless, PHONE } from './freighter-page.ts'
import { answerItems, byKey, getBatch } from './label-desk.ts'
import { askedLabelOf, LABELS, labelOf, quizzedLabeling } from './letters.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()
const BATCH = 10
const PASSWORD = 'correct horse battery'
/** What an account has to hold for itself, in XLM: nothing of it can be spent. */
const RESERVE = '1'
const PAID = 50_000_000n
/** Ends only what hangs: a page may be slow on a busy machine. */
const TIMEOUT = 120_000

describe.skipIf(!chromium)('an oracle that pays network fees', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  let maker: Keypair
  let payer: Keypair
  beforeAll(async () => {
    site = await startSite(chromium!, {
      async oracle(fixture) {
        ;[maker, payer] = (await fixture.people(2)) as [Keypair, Keypair]
        return { sponsorSecretKey: payer.secret(), sponsorMakers: [maker.publicKey()], sponsorDailyXlm: 10 }
      },
    })
    parts = site.parts
  })
  afterAll(() => site?.close())

  const accountOf = async (who: Keypair) => (await readAccount(parts.sdk.chain, who.publicKey()))!
  const balanceOf = async (who: Keypair) => BigInt((await accountOf(who)).balance)

  /** A phone whose browser keeps this account under a password. */
  async function phoneOf(labeler: Keypair, path: string): Promise<{ page: Page; errors: string[] }> {
    const { width, height, hasTouch } = PHONE
    const context = await site.browser.newContext({ viewport: { width, height }, hasTouch, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${site.pages.url}${path}`)
    await page.getByRole('button', { name: 'Connect a wallet to label' }).click()
    await page.getByRole('button', { name: 'Keep an account in this browser' }).click()
    await page.getByRole('button', { name: 'Bring in a secret key' }).click()
    await page.getByLabel('Secret key, S…').fill(labeler.secret())
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByLabel('The password again').fill(PASSWORD)
    await page.getByRole('button', { name: 'Keep it under this password' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    return { page, errors }
  }

  /** Passes the quiz and answers a batch, up to its one signature. */
  async function toTheEnd(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Take the quiz', disabled: false }).click()
    await page.locator('progress').waitFor()
    await answerItems(page, { to: 3, give: byKey(page, LABELS, askedLabelOf) })
    await page.getByRole('button', { name: 'Sign and send the answers' }).click()
    await page.getByText('You passed the quiz').waitFor()
    await getBatch(page)
    await answerItems(page, { to: BATCH, give: byKey(page, LABELS, labelOf) })
    await page.getByText(`All ${BATCH} items are answered`).waitFor()
  }

  /** An account that exists, and has nothing to spend. */
  async function poorLabeler(): Promise<Keypair> {
    const labeler = Keypair.random()
    const made = Operation.createAccount({ destination: labeler.publicKey(), startingBalance: RESERVE })
    await sendOperations(parts.sdk.chain, [made], maker, { pollMs: 50 })
    expect(spendable(await accountOf(labeler))).toBe(0n)
    return labeler
  }

  test('a labeler with its reserve alone is told who pays, signs, is paid in full, and the oracle’s account paid the network', async () => {
    const challenge = await parts.open(maker, { ...quizzedLabeling, deposit: '0' })
    const labeler = await poorLabeler()
    const { page, errors } = await phoneOf(labeler, `/challenges/${challenge}/label`)
    await toTheEnd(page)
    const told = page.getByText('The network fee is paid for you')
    await told.waitFor()
    expect(await page.locator(`a[href="/accounts/${payer.publicKey()}"]`).count()).toBe(1)
    await picture(page, 'sponsor-before')
    await faultless(page, 'before the signature')
    const before = { labeler: await balanceOf(labeler), payer: await balanceOf(payer) }
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByText('Paid 5 XLM').first().waitFor()
    await picture(page, 'sponsor-paid')
    await faultless(page, 'paid')

    const of = { challenge, solver: labeler.publicKey(), attempt: 1 }
    expect((await view(parts.sdk.chain, views.submission(of))).units).toBe(BATCH)
    expect((await balanceOf(labeler)) - before.labeler, 'all of its pay, and no fee').toBe(PAID)
    expect(before.payer - (await balanceOf(payer))).toBeGreaterThan(0n)
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('where no oracle pays, the page says what the account lacks, and nothing is spent', async () => {
    const stranger = await parts.fixture.person()
    const challenge = await parts.open(stranger, { ...quizzedLabeling, deposit: '0' })
    const labeler = await poorLabeler()
    const { page, errors } = await phoneOf(labeler, `/challenges/${challenge}/label`)
    await toTheEnd(page)
    await page.getByText('The account may lack XLM for the network fee').waitFor()
    await faultless(page, 'nobody pays')
    const before = { labeler: await balanceOf(labeler), payer: await balanceOf(payer) }
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByRole('alert').waitFor()
    await picture(page, 'sponsor-none')
    expect({ labeler: await balanceOf(labeler), payer: await balanceOf(payer) }).toEqual(before)
    expect(errors).toEqual([])
    await page.context().close()
  })
})
