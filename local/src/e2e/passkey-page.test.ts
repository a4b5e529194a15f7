/** An account that a passkey encrypts, in a real Chromium with its virtual authenticator: made, reloaded, opened, signed with, exported. */
import { readFileSync } from 'node:fs'
import { Keypair } from '@stellar/stellar-sdk'
import { view, views } from '@stellartrain/contracts-client'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readVault, unseal } from '../../../dapp/src/lib/wallet/browser-account/vault.ts'
import { picture, testChromium } from './browser.ts'
import { faultless } from './freighter-page.ts'
import { answerItems, byKey } from './label-desk.ts'
import { LABELS, labelOf, leasedLabeling } from './letters.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()
const BATCH = 10
const PASSWORD = 'correct horse battery'
/** Ends only what hangs: a page may be slow on a busy machine. */
const TIMEOUT = 120_000

describe.skipIf(!chromium)('an account under a passkey', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  let challenge = 0
  beforeAll(async () => {
    site = await startSite(chromium!)
    parts = site.parts
    challenge = await parts.open(await parts.fixture.person(), leasedLabeling)
  })
  afterAll(() => site?.close())

  /** A phone that has an authenticator of its own, with a PRF or without one. */
  async function phone(hasPrf: boolean) {
    const context = await site.browser.newContext({
      ...{ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce', hasTouch: true },
    })
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasPrf },
        ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    })
    // A passkey belongs to a name, never to a number.
    const url = site.pages.url.replace('127.0.0.1', 'localhost')
    await page.goto(`${url}/challenges/${challenge}/label`)
    return { page, errors, cdp, authenticatorId, close: () => context.close() }
  }
  const credentialsOf = async (cdp: CDPSession, authenticatorId: string) =>
    (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  const beginAccount = async (page: Page) => {
    await page.getByRole('button', { name: 'Connect a wallet to label' }).click()
    await page.getByRole('button', { name: 'Keep an account in this browser' }).click()
    await page.getByRole('button', { name: 'Make a new account' }).click()
    await page.getByRole('button', { name: 'Use a passkey instead' }).click()
  }
  const keptIn = (page: Page) =>
    page.evaluate(`JSON.stringify(Object.fromEntries(Object.entries(localStorage)))`) as Promise<string>

  test('is made, known after a reload, opened by its owner alone, signs a batch that is paid, and is exported', async () => {
    const { page, errors, cdp, authenticatorId, close } = await phone(true)
    await beginAccount(page)
    await page.getByRole('button', { name: 'Get test money' }).click()
    await page.getByText('Keep this account safe').waitFor()
    const [credential, ...more] = await credentialsOf(cdp, authenticatorId)
    expect([more.length, credential?.rpId]).toEqual([0, 'localhost'])
    await picture(page, 'passkey-made')
    await faultless(page, 'the account, made')
    await page.getByRole('button', { name: 'Done' }).click()

    // After a reload the account is known, and its key is not: only the passkey opens it.
    await page.reload()
    await page.getByRole('button', { name: 'Get a batch of items' }).click()
    const dialog = page.getByRole('dialog', { name: 'Open the account to sign' })
    await dialog.waitFor()
    expect(await page.getByLabel('Password').count()).toBe(0)
    await picture(page, 'passkey-asks')
    await faultless(page, 'the account is opened')
    const openWith = dialog.getByRole('button', { name: 'Open with the passkey' })
    const used = (await credentialsOf(cdp, authenticatorId))[0]!.signCount
    await openWith.click()
    await page.locator('progress').waitFor()
    expect((await credentialsOf(cdp, authenticatorId))[0]!.signCount).toBeGreaterThan(used)
    await answerItems(page, { to: BATCH, give: byKey(page, LABELS, labelOf) })
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByText('Paid 5 XLM').first().waitFor()

    // The file opens anywhere, by its password alone; nothing in the browser has the key.
    await page.getByRole('button', { name: 'Wallet details' }).click()
    await page.getByText('Keep this account safe').click()
    await page.getByLabel('Password of the file').fill(PASSWORD)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the account as a file' }).click(),
    ])
    const vault = readVault(readFileSync((await file.path())!, 'utf8'))
    const secret = await unseal(vault, { password: PASSWORD })
    const address = Keypair.fromSecret(secret).publicKey()
    expect([vault.lock.by, vault.address]).toEqual(['password', address])
    const paid = await view(parts.sdk.chain, views.submission({ challenge, solver: address, attempt: 1 }))
    expect(paid.units).toBe(BATCH)
    const kept = await keptIn(page)
    expect(kept).toContain(address)
    expect(kept).not.toContain(secret)
    await page.getByRole('button', { name: 'Show the secret key' }).click()
    await page.getByText(secret).waitFor()
    await faultless(page, 'the account, exported')

    // Somebody else's finger, once the key is forgotten: nothing is shown.
    await page.reload()
    await page.getByRole('button', { name: 'Wallet details' }).click()
    await page.getByText('Keep this account safe').click()
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await page.getByRole('button', { name: 'Show the secret key' }).click()
    await page.getByText('Declined in the wallet', { exact: true }).waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(errors).toEqual([])
    await close()
  })

  test('of an authenticator without a PRF none is made, and the page says what else there is', async () => {
    const { page, errors, close } = await phone(false)
    await beginAccount(page)
    await page.getByRole('alert').waitFor()
    await picture(page, 'passkey-without-prf')
    expect(await page.getByRole('alert').textContent()).toMatch(/password/i)
    expect(await keptIn(page)).not.toContain('stellartrain/account')
    expect(errors).toEqual([])
    await close()
  })
})
