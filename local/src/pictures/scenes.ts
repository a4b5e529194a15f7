/** What is drawn: one scene for each page and state, with what a person would do to get there. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { guesses } from '../e2e/letters.ts'
import type { SlowProxy } from '../e2e/slow-proxy.ts'
import { fitForest } from '../models/forest.ts'
import { DATA, readTable } from '../models/table.ts'
import { createLabelsScenes } from './create-labels-scenes.ts'
import type { PictureData } from './data.ts'
import { labelScenes } from './label-scenes.ts'
import type { Scene } from './scene.ts'
import { undecidedScenes } from './undecided-scenes.ts'

const csv = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
})
const choose = (page: Page, file: ReturnType<typeof csv>) =>
  page.locator('input[type=file]').first().setInputFiles(file)
const say = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

const table = (name: string) => readTable(`${DATA}penguins/${name}.csv`)
const forest = () => fitForest(table('train'), table('test'), 'sex')
const labeled = () => readFileSync(`${DATA}penguins/train.csv`, 'utf8').replace(/^([^,]*),/gm, '')

async function fillData(page: Page, content = labeled(), target = 'sex'): Promise<void> {
  await page.getByLabel('Title').fill('Penguins, once more')
  await page.getByLabel('Summary').fill('Predict the sex of penguins from their measurements.')
  await page.getByLabel('Description').fill('Predict **sex** from the measurements.\n\n- bill\n- flipper\n\nUse $F_1$.')
  await page.getByLabel('Tags').fill('tabular, biology')
  await choose(page, csv('labeled.csv', content))
  await page.getByLabel('Column to predict').selectOption(target)
}
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click()
/** What appears beside the button may move it away under the mouse: it is pressed until the step is another one. */
async function nextStep(page: Page): Promise<void> {
  const step = page.getByRole('heading', { level: 2 }).first()
  const before = await step.textContent()
  for (let tries = 0; tries < 5 && (await step.textContent()) === before; tries++) {
    await next(page)
    await page.waitForTimeout(500)
  }
}

async function toMetric(page: Page): Promise<void> {
  await fillData(page)
  await say(page, 'rows to predict')
  await nextStep(page)
  await page.getByLabel('Metric').selectOption('f1_macro')
  await say(page, 'A perfect prediction')
}
async function toOracles(page: Page): Promise<void> {
  await toMetric(page)
  await page.getByLabel(/Threshold/).fill('0.8')
  await nextStep(page)
  await page.getByLabel('Reward for each winner').fill('12.5')
  await nextStep(page)
}
async function toReview(page: Page): Promise<void> {
  await toOracles(page)
  await page.getByRole('checkbox').first().check()
  await nextStep(page)
  await say(page, 'Everything that can happen')
}

export function scenesOf(data: PictureData, proxy: SlowProxy): Scene[] {
  const { ada, maker, linus, nobody } = data
  const at = (challenge: number, rest = '') => `/challenges/${challenge}${rest}`
  const tabs = ['data', 'rules', 'leaderboard', 'activity'].map((tab) => ({
    name: `challenge-${tab}`,
    path: at(data.penguins, `?tab=${tab}`),
  }))
  return [
    { name: 'list', path: '/' },
    { name: 'list-connected', path: '/', as: ada },
    { name: 'list-empty', path: '/?q=nothing-like-it' },
    { name: 'list-unknown-filter', path: '/?asset=x&phase=bogus' },
    { name: 'challenge', path: at(data.penguins), as: ada, act: (page) => say(page, 'You have won this challenge') },
    ...tabs,
    {
      name: 'challenge-data-preview',
      path: at(data.penguins, '?tab=data'),
      act: async (page) => {
        await page.getByRole('button', { name: 'First rows' }).first().click()
        await say(page, 'as published')
      },
    },
    { name: 'challenge-maker', path: at(data.penguins), as: maker },
    { name: 'challenge-hostile', path: at(data.hostile) },
    { name: 'challenge-labels', path: at(data.labels) },
    { name: 'challenge-labelers', path: at(data.labels, '?tab=leaderboard') },
    { name: 'board', path: at(data.labels, '?tab=board'), as: maker },
    { name: 'board-leased', path: at(data.leased, '?tab=board') },
    { name: 'ranking-running', path: at(data.running, '?tab=leaderboard'), as: data.grace },
    { name: 'ranking-ended', path: at(data.ended, '?tab=leaderboard') },
    { name: 'ranking-ended-overview', path: at(data.ended) },
    { name: 'submit-alone', path: at(data.penguins, '/submit') },
    { name: 'submit-empty', path: at(data.hostile, '/submit'), as: nobody },
    {
      name: 'submit-bad-file',
      path: at(data.penguins, '/submit'),
      as: linus,
      act: async (page) => {
        const rows = table('test').rows.map((_, row) => `p${row},${row % 9 ? 'male' : 'Robot'}`)
        await choose(page, csv('bad.csv', `id,sex\n${rows.join('\n')}\n`))
        await say(page, 'would reject this file')
      },
    },
    {
      name: 'submit-good-file',
      path: at(data.penguins, '/submit'),
      as: linus,
      act: async (page) => {
        await choose(page, csv('predictions.csv', forest()))
        await say(page, 'would take this file')
      },
    },
    {
      name: 'submit-landed',
      path: at(data.hostile, '/submit'),
      as: nobody,
      act: async (page) => {
        await choose(page, csv('guess.csv', guesses(20 + Math.floor(Math.random() * 20))))
        await say(page, 'would take this file')
        await page.getByRole('button', { name: 'Seal, sign and hand over' }).click()
        await page.getByRole('heading', { name: /^Submission \d+$/ }).waitFor()
        await say(page, /^Graded 0\.\d+/)
      },
    },
    {
      name: 'submit-winner',
      path: at(data.penguins, '/submit'),
      as: ada,
      act: (page) => say(page, 'One prize for each account'),
    },
    {
      name: 'submit-maker',
      path: at(data.penguins, '/submit'),
      as: maker,
      act: (page) => say(page, /cannot take part/),
    },
    { name: 'submit-late', path: at(data.ended, '/submit') },
    { name: 'submit-labels', path: at(data.labels, '/submit') },
    { name: 'submission-paid', path: at(data.penguins, '/submissions/2') },
    { name: 'submission-no-prize', path: at(data.penguins, '/submissions/1') },
    { name: 'submission-ranked', path: at(data.ended, '/submissions/2') },
    { name: 'submission-labels', path: at(data.labels, '/submissions/1') },
    ...labelScenes(data),
    ...undecidedScenes(data),
    { name: 'create', path: '/create' },
    ...createLabelsScenes(data),
    {
      name: 'create-data',
      path: '/create?step=data',
      act: async (page) => fillData(page).then(() => say(page, 'rows to predict')),
    },
    {
      name: 'create-models',
      path: '/create?step=data',
      act: async (page) => {
        await page.getByRole('radio', { name: /^A model/ }).check()
        await fillData(page)
        await say(page, 'Models get, of each sealed row')
      },
    },
    {
      name: 'create-text-target',
      path: '/create?step=data',
      act: async (page) => {
        const rows = Array.from({ length: 300 }, (_, row) => `${row},${row * 2},name${row}`)
        await fillData(page, `id,x,y\n${rows.join('\n')}\n`, 'y')
        await say(page, 'different texts')
      },
    },
    {
      name: 'create-png',
      path: '/create?step=data',
      act: async (page) => {
        await choose(page, csv('picture.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])))
        await next(page)
        await say(page, 'PNG picture')
      },
    },
    {
      name: 'create-metric',
      path: '/create?step=data',
      act: async (page) => {
        await toMetric(page)
        await page.getByLabel(/Threshold/).fill('2')
        await next(page)
        await say(page, 'No one could reach this')
      },
    },
    { name: 'create-money', path: '/create?step=money', as: maker },
    {
      name: 'create-money-too-much',
      path: '/create?step=money',
      as: nobody,
      act: async (page) => {
        await page.getByLabel('Reward for each winner').fill('99999999999')
        await next(page)
        await say(page, 'Your wallet holds')
      },
    },
    { name: 'create-oracles', path: '/create?step=oracles' },
    {
      name: 'create-judge',
      path: '/create?step=data',
      act: async (page) => {
        await toOracles(page)
        await page.getByRole('radio', { name: 'The ledger itself' }).check()
      },
    },
    { name: 'create-review', path: '/create?step=data', as: maker, act: toReview },
    { name: 'account-solver', path: `/accounts/${ada.publicKey()}` },
    { name: 'account-maker', path: `/accounts/${maker.publicKey()}`, as: maker },
    { name: 'account-empty', path: `/accounts/${nobody.publicKey()}` },
    { name: 'account-oracle', path: `/accounts/${data.parts.oracle}` },
    { name: 'oracles', path: '/oracles' },
    { name: 'oracle', path: `/oracles/${data.parts.oracle}` },
    { name: 'verify-waits', path: `/verify/${data.penguins}/2`, act: (page) => say(page, 'Nothing contradicts it') },
    {
      name: 'verify-whole',
      path: `/verify/${data.ended}/2`,
      act: (page) => say(page, /^(Verified|Nothing contradicts it)/),
    },
    { name: 'not-found', path: '/accounts/GABC' },
    { name: 'no-such-challenge', path: '/challenges/999', act: (page) => say(page, 'nothing under this address') },
    {
      name: 'transaction',
      path: at(data.penguins, '/submissions/2'),
      act: async (page) => {
        await page
          .getByRole('link', { name: /^transaction/ })
          .last()
          .click()
        await say(page, 'Events of the contract')
      },
    },
    {
      name: 'connect',
      path: '/',
      act: (page) =>
        page
          .getByRole('button', { name: 'Connect' })
          .click()
          .then(() => say(page, 'Connect a wallet')),
    },
    {
      name: 'connect-browser-account',
      path: '/',
      act: async (page) => {
        await page.getByRole('button', { name: 'Connect' }).click()
        await page.getByRole('button', { name: 'Keep an account in this browser' }).click()
        await page.getByRole('button', { name: 'Make a new account' }).click()
        await page.getByLabel('The password again').waitFor()
      },
    },
    {
      name: 'wallet',
      path: '/',
      as: ada,
      act: async (page) => {
        await page.getByRole('button', { name: 'Wallet details' }).click()
        await page.getByLabel('Balances').waitFor()
      },
    },
    {
      name: 'index-hangs',
      path: '/',
      act: async (page) => {
        proxy.hang(true)
        await say(page, 'has not answered for')
      },
      after: () => proxy.hang(false),
    },
  ]
}
