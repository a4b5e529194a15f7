/** Scenes of the labeling page: before a batch, a desk of each kind of answer, its keys, and the end of a batch. */
import type { Page } from 'playwright-core'
import { answerItems, byKey, getBatch } from '../e2e/label-desk.ts'
import { askedLabelOf, LABELS, labelOf } from '../e2e/letters.ts'
import type { PictureData } from './data.ts'
import type { Scene } from './scene.ts'

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
/** Clicks on the picture at these shares of its width and height. */
const click = async (page: Page, ...places: [x: number, y: number][]) => {
  const surface = page.locator('svg.cursor-crosshair')
  await surface.waitFor()
  const box = (await surface.boundingBox())!
  for (const [x, y] of places) await page.mouse.click(box.x + box.width * x, box.y + box.height * y)
}

/** What somebody does on the desk of each kind, to have something on it. */
const work: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  choice: (page) => page.locator('img[alt$="to be labeled"]').waitFor(),
  choices: (page) => press(page, '1', '2'),
  text: (page) => page.keyboard.type('She wrote letters.'),
  spans: async (page) => {
    await page.locator('[data-start]').first().waitFor()
    await press(
      page,
      'Shift+Control+ArrowRight',
      '1',
      'ArrowRight',
      ...Array.from({ length: 6 }, () => 'Shift+ArrowRight'),
    )
  },
  boxes: async (page) => {
    await page.locator('svg.cursor-crosshair').waitFor()
    await press(page, 'n', '2', 'Shift+Alt+ArrowDown')
  },
  polygons: async (page) => {
    await click(page, [0.1, 0.2], [0.4, 0.2], [0.3, 0.5])
    await press(page, 'Enter')
    await click(page, [0.6, 0.2], [0.8, 0.2])
  },
  rating: (page) => page.getByText('Rate it').waitFor(),
  preference: (page) => page.getByText('B is better').waitFor(),
  ranking: async (page) => {
    await page.locator('ol li').first().waitFor()
    await press(page, '3', 'ArrowUp')
  },
  transcription: (page) => page.keyboard.type('two things'),
}

const takeQuiz = async (page: Page) => {
  await page.getByRole('button', { name: 'Take the quiz', disabled: false }).click()
  await page.locator('progress').waitFor()
}

/** Answers a batch; the first picture passes the quiz, and the next ones find it passed. */
async function answerAll(page: Page, now: () => number): Promise<void> {
  const quiz = page.getByRole('button', { name: 'Take the quiz', disabled: false })
  const batch = page.getByRole('button', { name: 'Get a batch of items', disabled: false })
  await quiz.or(batch).waitFor()
  if (await quiz.isVisible()) {
    await takeQuiz(page)
    await answerItems(page, { to: 3, give: byKey(page, LABELS, askedLabelOf) })
    await page.getByRole('button', { name: 'Sign and send the answers' }).click()
  }
  // A sign-in ends by the machine's clock, which the network's was moved ahead of.
  await page.clock.setSystemTime(Date.now())
  await getBatch(page)
  await page.clock.setSystemTime(now())
  await answerItems(page, { to: 10, give: byKey(page, LABELS, labelOf) })
  await page.getByText('items are answered').waitFor()
}

export function labelScenes({
  kinds,
  leased,
  labels,
  quizzed,
  poor,
  earned,
  maker,
  nobody,
  grace,
  parts,
}: PictureData): Scene[] {
  const path = (challenge: number) => `/challenges/${challenge}/label`
  const desks = Object.entries(work).map(([kind, act]) => ({
    name: `label-${kind}`,
    path: path(kinds[kind]!),
    as: nobody,
    act: (page: Page) => getBatch(page).then(() => act(page)),
  }))
  return [
    { name: 'challenge-label', path: `/challenges/${leased}` },
    { name: 'label-alone', path: path(leased) },
    { name: 'label-before', path: path(leased), as: nobody },
    { name: 'label-no-task', path: path(labels), as: grace },
    ...desks,
    {
      name: 'label-quiz-before',
      path: path(quizzed),
      as: nobody,
      act: (page) => page.getByText('Try 1 of 2.').waitFor(),
    },
    {
      name: 'label-quiz',
      path: path(quizzed),
      as: nobody,
      act: async (page) => {
        await takeQuiz(page)
        await press(page, '2')
      },
    },
    {
      name: 'label-quiz-end',
      path: path(quizzed),
      as: nobody,
      act: async (page) => {
        await takeQuiz(page)
        await press(page, '1', '2', '3')
        await page.getByText('questions are answered').waitFor()
      },
    },
    {
      name: 'label-fee-paid',
      path: path(quizzed),
      as: poor,
      act: async (page) => {
        await answerAll(page, () => parts.fixture.net.ledger().closeTime * 1_000)
        await page.getByText('The network fee is paid for you').waitFor()
      },
    },
    {
      name: 'board-earnings',
      path: `/challenges/${earned}?tab=board`,
      as: maker,
      act: (page) => page.getByText('of which 0 XLM was sent').waitFor(),
    },
    {
      name: 'earnings-claim-for-another',
      path: `/challenges/${earned}`,
      as: nobody,
      async act(page) {
        await page.getByText('Claim for another labeler').click()
        await page.getByLabel('Account of the labeler').fill(grace.publicKey())
        await page.getByText('0 XLM was sent to it').waitFor()
      },
    },
    { name: 'label-earnings-before', path: path(earned), as: nobody },
    {
      name: 'label-keys',
      path: path(kinds.spans!),
      as: nobody,
      act: (page) => getBatch(page).then(() => press(page, '?')),
    },
    {
      name: 'label-end',
      path: path(kinds.rating!),
      as: grace,
      act: async (page) => {
        await getBatch(page)
        await press(page, '1', '2', '3', '4', '5', '4')
        await page.getByText('items are answered').waitFor()
      },
    },
  ]
}
