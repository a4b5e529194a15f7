/** A person's walk from the wizard to the export while an oracle dies in the middle: the majority goes on, and the pages say who is silent. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import { view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { waitForOracle } from '../system/oracle-ready.ts'
import { mainOf, type Service, supervise } from '../system/supervise.ts'
import { picture, testChromium } from './browser.ts'
import { BRICKS, fillInLabels, writeBricks } from './create-labels.ts'
import { faultless, openFreighterPage, PHONE } from './freighter-page.ts'
import { getBatch, progress } from './label-desk.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()

describe.skipIf(!chromium)('while an oracle dies', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  /** Two oracles as processes of their own, beside the one of the parts. */
  let beside: { service: Service; address: string }[]

  beforeAll(async () => {
    site = await startSite(chromium!)
    parts = site.parts
    beside = []
    for (const name of ['second', 'third']) beside.push(await startBeside(name))
  })
  afterAll(async () => {
    for (const { service } of beside ?? []) await service.stop('SIGKILL')
    await site?.close()
  })

  async function startBeside(name: string) {
    const { rpcUrl, passphrase, contract, ipfsUrl, apiUrl } = parts.config
    const home = join(parts.folder, name)
    mkdirSync(home)
    const service = await supervise(
      {
        ...{ name, main: mainOf('@stellartrain/oracle-service'), logFile: join(home, 'log') },
        env: {
          ...{ HOST: '127.0.0.1', PORT: '0', ORACLE_HOME: home, WORKERS: '1' },
          ...{ RPC_URL: rpcUrl, NETWORK_PASSPHRASE: passphrase, CONTRACT_ADDRESS: contract },
          ...{ IPFS_URL: ipfsUrl, INDEXER_URL: apiUrl },
          ORACLE_SECRET_KEY: (await parts.fixture.person()).secret(),
        },
      },
      () => {},
    )
    return { service, address: await waitForOracle(service.url) }
  }

  const open = (who: Keypair, path: string) => openFreighterPage(site, who, path, PHONE)

  test('somebody creates, another labels on a phone over a killed oracle and a reload, both batches are paid, and the maker exports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stellartrain-killed-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const [killed, other] = beside
    const maker = await parts.fixture.person()
    const made = await open(maker, '/create')
    // The first in the terms is the one that labelers ask first, and that has their sign-in.
    const urls = [killed!.service.url, parts.config.oracleUrls![0]!, other!.service.url]
    await fillInLabels(made.page, writeBricks(folder), undefined, urls)
    const [saved] = await Promise.all([
      made.page.waitForEvent('download'),
      made.page.getByRole('button', { name: /Sign and lock/ }).click(),
    ])
    const key = join(folder, 'labels-key.txt')
    await saved.saveAs(key)
    await made.page.getByRole('heading', { level: 1, name: BRICKS.title }).waitFor()
    const id = Number(new URL(made.page.url()).pathname.split('/').at(-1))
    await waitForAcceptance(parts.sdk, id)
    const { terms } = await view(parts.sdk.chain, views.challenge({ challenge: id }))
    expect(terms.oracles, 'the one that will be killed is the first').toEqual([
      killed!.address,
      parts.oracle,
      other!.address,
    ])
    expect(made.errors).toEqual([])
    await made.close()

    const labeler = await parts.fixture.person()
    const { page, wallet, errors, close } = await open(labeler, `/challenges/${id}/label`)
    await getBatch(page)
    expect(wallet.signed, 'the sign-in at the first oracle').toBe(1)
    await page.locator('img[alt$="to be labeled"]').first().waitFor()
    await page.keyboard.press('1')
    await expect.poll(() => progress(page)).toBe(1)

    await killed!.service.stop('SIGKILL')
    await expect(fetch(`${killed!.service.url}/health`)).rejects.toThrow()

    await page.reload()
    await page.locator('progress').waitFor()
    expect(await progress(page), 'the answer from before').toBe(1)
    await page.getByText(/yours for/).waitFor()
    for (let done = 1; done < BRICKS.batch; done++) {
      await page.locator('img[alt$="to be labeled"]').first().waitFor()
      await page.getByRole('button', { name: /A brick/ }).tap()
      if (done < BRICKS.batch - 1) await expect.poll(() => progress(page)).toBe(done + 1)
    }
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByRole('heading', { name: /^Submission \d+$/ }).waitFor()
    await page.getByText('Paid 1.5 XLM').first().waitFor()
    expect(wallet.signed, 'one signature for the batch').toBe(2)
    await picture(page, 'killed-oracle-paid')
    await faultless(page, 'paid')
    const read = (attempt: number) =>
      view(parts.sdk.chain, views.submission({ challenge: id, solver: labeler.publicKey(), attempt }))
    // Whom it reached from here, and whose votes decided it.
    await page.getByText('2 of 3 oracles took the sealed file from this browser').waitFor()
    const { decision } = await parts.api<{ decision: { oracles: string[] } }>(`/v1/challenges/${id}/submissions/1`)
    expect(decision.oracles.toSorted(), 'the two that live').toEqual([parts.oracle, other!.address].toSorted())

    // A new lease of the two that live: the sign-in is at the next oracle.
    await page.getByRole('button', { name: 'Label the next batch', disabled: false }).click()
    await getBatch(page)
    expect(wallet.signed, 'a sign-in at another oracle').toBe(3)
    for (let done = 0; done < BRICKS.batch; done++) {
      await page.locator('img[alt$="to be labeled"]').first().waitFor()
      await page.keyboard.press('1')
      if (done < BRICKS.batch - 1) await expect.poll(() => progress(page)).toBe(done + 1)
    }
    await page.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await page.getByText('Paid 1.5 XLM').first().waitFor()
    await until(async () => (await read(2)).units === BRICKS.batch, { what: 'the second batch to be paid' })
    expect(errors).toEqual([])
    await close()

    const board = await open(maker, `/challenges/${id}?tab=board`)
    await board.page.getByText(`6 of 6 (100 %)`).first().waitFor()
    await board.page
      .getByText('2 of 3 oracles answer, and count the same; what the others count is not known.')
      .waitFor()
    await picture(board.page, 'killed-oracle-board')
    await faultless(board.page, 'the board')
    await board.page.getByLabel('Drop the key file that opens the labels, or choose it').setInputFiles(key)
    await board.page.getByRole('heading', { name: 'Agreement' }).waitFor()
    const files: string[] = []
    board.page.on('download', (file) => void file.path().then((path) => files.push(readFileSync(path!, 'utf8'))))
    await board.page.getByRole('button', { name: 'Save the labels' }).click()
    const votesOf = () => files.find((text) => text.startsWith('item,labeler'))
    await expect.poll(votesOf).toBeDefined()
    expect(votesOf()!.trim().split('\n')).toHaveLength(1 + BRICKS.items)
    expect(board.errors.concat(errors)).toEqual([])
    await board.close()
  })
})
