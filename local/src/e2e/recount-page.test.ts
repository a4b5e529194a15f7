/** A solver opens its work to the judge that grades on the page of its submission: cost, progress, after a reload, and what became of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Challenge, SubmissionDetail } from '@stellartrain/indexer-api'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { makePeople, type People } from '../world/people.ts'
import { beforeRecount, recountChallenge, truthOpened } from '../world/recount.ts'
import { termsFor, twoHands } from '../world/undecided.ts'
import { findings, picturesOf, testChromium } from './browser.ts'
import { openDemoPage } from './demo-page.ts'
import { bounty, guesses } from './letters.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()

describe.skipIf(!chromium)('the page of a submission before the judge that grades', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts
  let people: People
  beforeAll(async () => {
    site = await startSite(chromium!, {
      async configure({ fixture }) {
        people = await makePeople(fixture)
        const [ada, maker] = [people.ada.secret(), people.maker.secret()]
        return {
          demoAccounts: [
            { name: 'Ada', secret: ada },
            { name: 'Maker', secret: maker },
          ],
        }
      },
    })
    parts = site.parts
  })
  afterAll(() => site?.close())

  const visit = (path: string, name: 'Ada' | 'Maker' = 'Ada') => openDemoPage(site, name, path)

  test('the cost is shown before, a saved file opens the work, and every page says that it was recounted', async () => {
    const { challenge, number, disclosure } = await beforeRecount(parts, people, await twoHands(parts))
    expect((await parts.api<Challenge>(`/v1/challenges/${challenge}`)).recount).toMatchObject({
      ...{ recounted: 0, truth: { complete: true, chunks: 1 } },
    })
    const path = `/challenges/${challenge}/submissions/${number}`
    const page = await visit(path)
    await page.getByText('The truth is open').waitFor()
    await page.getByText(/You sign 1 transaction; the network’s fee is about 0\.065 XLM in total\./).waitFor()
    const open = page.getByRole('button', { name: 'Open my work' })
    expect(await open.isDisabled()).toBe(true)
    const file = join(parts.folder, 'mine.disclosure')
    writeFileSync(file, disclosure)
    // A page that is left and loaded again is where it was.
    await page.reload()
    await page.locator('input[type=file]').setInputFiles(file)
    await picturesOf(page, 'appeal')
    expect(await findings(page)).toEqual([])
    await open.click()
    await page.getByText('Recounted on the ledger: the judge has computed the score and ruled.').waitFor()
    await page.reload()
    await page.getByText('Recounted on the ledger', { exact: true }).first().waitFor()
    await picturesOf(page, 'appeal-recounted')
    expect(await findings(page)).toEqual([])
    const { recount } = await parts.api<SubmissionDetail>(`/v1/challenges/${challenge}/submissions/${number}`)
    expect(recount).toMatchObject({ chunks: 1, result: { score: { value: 0.95 }, copied: false } })

    await parts.warpTo((await termsFor(parts, challenge)).judge!.by)
    await page.goto(`${site.pages.url}/challenges/${challenge}?tab=activity`)
    await page.getByText('The ledger recounted the work of').first().waitFor()
    await page.context().close()
  })

  test('what is saved where it was submitted opens the work in another browser, which says what it lacks before', async () => {
    const challenge = await recountChallenge(parts, people, await twoHands(parts))
    const mine = await visit(`/challenges/${challenge}/submit`)
    await mine.getByText('Without them you lose this right, and nothing else.').waitFor()
    const file = join(parts.folder, 'predictions.csv')
    writeFileSync(file, guesses(1))
    await mine.locator('input[type=file]').setInputFiles(file)
    await mine.getByRole('button', { name: 'Seal, sign and hand over', disabled: false }).click()
    await mine.getByRole('link', { name: 'Proofs and details' }).click()
    const [download] = await Promise.all([
      mine.waitForEvent('download'),
      mine.getByRole('button', { name: 'Save my work and its nonce' }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`submission-${challenge}-1.disclosure`)
    const saved = join(parts.folder, download.suggestedFilename())
    await download.saveAs(saved)
    expect(await findings(mine)).toEqual([])
    await mine.context().close()

    const path = `/challenges/${challenge}/submissions/1`
    const other = await visit(path)
    await other.getByText(/are not kept in this browser.* Without them you lose this right, and nothing else/).waitFor()
    await truthOpened(parts, challenge)
    await other.reload()
    await other.getByText('this browser does not keep the nonce').waitFor()
    const open = other.getByRole('button', { name: 'Open my work' })
    // What somebody else submitted, or a damaged copy, opens nothing.
    writeFileSync(join(parts.folder, 'damaged.disclosure'), readFileSync(saved).subarray(0, -9))
    await other.locator('input[type=file]').setInputFiles(join(parts.folder, 'damaged.disclosure'))
    await open.click()
    await other.getByText('Nothing was sent to the ledger.').waitFor()
    await other.locator('input[type=file]').setInputFiles(saved)
    await open.click()
    await other.getByText('Recounted on the ledger: the judge has computed the score and ruled.').waitFor()
    const { recount } = await parts.api<SubmissionDetail>(`/v1/challenges/${challenge}/submissions/1`)
    expect(recount).toMatchObject({ chunks: 1, result: { score: { value: 0.95 } } })
    await other.context().close()
  })

  test('a page that is left between two chunks goes on with the next one', async () => {
    const work = table((row) => (row % 10 === 0 ? 'vowel' : 'digit'))
    const changes = {
      ...{ truth: table(() => 'digit'), title: 'Letters, many of them', baseline: { description: 'None.', score: 0 } },
      datasets: [{ name: 'items.csv', role: 'test', bytes: table(() => '1') } as const],
      submission: { ...bounty.submission, rows: ROWS, maxBytes: 1_000_000 },
    }
    const { challenge, number, disclosure } = await beforeRecount(parts, people, await twoHands(parts), {
      changes,
      work,
    })
    const file = join(parts.folder, 'many.disclosure')
    writeFileSync(file, disclosure)
    const page = await visit(`/challenges/${challenge}/submissions/${number}`)
    await page.getByText(/You sign at most 4 transactions; the network’s fee is about/).waitFor()
    await page.locator('input[type=file]').setInputFiles(file)
    // The second transaction never leaves this page.
    let sent = 0
    let left = false
    await page.route(parts.config.rpcUrl, async (route) => {
      if (route.request().postData()?.includes('"sendTransaction"') && ++sent > 1 && !left) return
      await route.continue()
    })
    await page.getByRole('button', { name: 'Open my work' }).click()
    await page.getByText(/^1 of 3 chunks open$/).waitFor()
    await picturesOf(page, 'appeal-chunks')
    await page.reload()
    left = true
    await page.getByText(/^1 chunk of your work is open, of at most 4\.$/).waitFor()
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('Recounted on the ledger: the judge has computed the score and ruled.').waitFor()
    const { recount } = await parts.api<SubmissionDetail>(`/v1/challenges/${challenge}/submissions/${number}`)
    expect(recount).toMatchObject({ chunks: 3, result: { score: { value: 0.9 } } })
    await page.context().close()
  })

  test('a maker chooses the ledger as judge in the wizard, sees what it costs, and signs twice', async () => {
    const page = await visit('/create', 'Maker')
    const next = () => page.getByRole('button', { name: 'Next' }).click()
    await next()
    await page.getByLabel('Title').fill('Vowels, made in the wizard')
    await page.getByLabel('Summary').fill('Which of these are vowels?')
    await page.getByLabel('Description').fill('Predict the kind.')
    const rows = Array.from({ length: 60 }, (_, row) => `${row},${row % 3 === 0 ? 'vowel' : 'consonant'}`)
    const labeled = join(parts.folder, 'labeled.csv')
    writeFileSync(labeled, `weight,kind\n${rows.join('\n')}\n`)
    await page.locator('input[type=file]').first().setInputFiles(labeled)
    await page.getByLabel('Column to predict').selectOption('kind')
    await page.getByText(/rows to predict/).waitFor()
    await next()
    await page.getByLabel('Metric').selectOption('roc_auc')
    await page.getByText('A perfect prediction').waitFor()
    await page.getByLabel(/Threshold/).fill('0.9')
    await next()
    await page.getByLabel('Reward for each winner').fill('5')
    await next()
    await page.getByRole('checkbox').first().check()
    await page.getByText('The ledger itself', { exact: true }).click()
    await page.getByText('A second signature, right after the first,').waitFor()
    await picturesOf(page, 'create-judge')
    expect(await findings(page)).toEqual([])
    await next()
    await page.getByText('the ledger, which scores again').first().waitFor()
    const kept = page.waitForEvent('download')
    await page.getByRole('button', { name: /Sign and lock/ }).click()
    await page.waitForURL(/challenges\/\d+/)
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    expect((await kept).suggestedFilename()).toBe(`stellartrain-truth-${id}.json`)
    const made = await parts.api<Challenge>(`/v1/challenges/${id}`)
    expect(made).toMatchObject({ judge: { address: parts.config.recount }, recount: { truth: null, recounted: 0 } })
    await page.context().close()
  })

  test('rules that a broken-off creation left open are fixed on the challenge’s page, and the oracle accepts then', async () => {
    const deadline = new Date((parts.fixture.net.ledger().closeTime + 7_200) * 1_000)
    const plan = { ...bounty, title: 'Letters, without rules', judge: { address: 'recount' } }
    const { maker } = people
    const prepared = await prepareChallenge(
      parts.sdk,
      { ...plan, oracles: [parts.oracle], deadline },
      maker.publicKey(),
    )
    const { challenge } = await createChallenge(parts.sdk, { ...prepared, recount: null }, maker)
    expect(await parts.api<Challenge>(`/v1/challenges/${challenge}`)).toMatchObject({
      recount: null,
      recountFollowed: true,
    })
    const page = await visit(`/challenges/${challenge}`, 'Maker')
    await page.getByText('How the judge scores on the ledger is not fixed yet').waitFor()
    // What the page says of the judge it has read from the ledger.
    await page.getByText('It takes no one’s word: it computes the score on the ledger').first().waitFor()
    expect(await findings(page)).toEqual([])
    const fix = page.getByRole('button', { name: 'Fix how the ledger scores' })
    await fix.click()
    await fix.waitFor({ state: 'detached' })
    await waitForAcceptance(parts.sdk, challenge)
    expect((await parts.api<Challenge>(`/v1/challenges/${challenge}`)).recount).toMatchObject({ recounted: 0 })
    await page.context().close()
  })
})

const ROWS = 20_000
const table = (label: (row: number) => string) =>
  new TextEncoder().encode(
    `id,label\n${Array.from({ length: ROWS }, (_, row) => `r${row},${label(row)}`).join('\n')}\n`,
  )
