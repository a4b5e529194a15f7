/** Scenes of the labeling page: before a batch, a desk of each kind of answer, its keys, and the end of a batch. */
import type { Page } from 'playwright-core'
import type { PictureData } from './data.ts'
import type { Scene } from './scene.ts'

const take = async (page: Page) => {
  await page.getByRole('button', { name: 'Get a batch of items' }).click()
  await page.locator('progress').waitFor()
}
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

export function labelScenes({ kinds, leased, labels, nobody, grace }: PictureData): Scene[] {
  const path = (challenge: number) => `/challenges/${challenge}/label`
  const desks = Object.entries(work).map(([kind, act]) => ({
    name: `label-${kind}`,
    path: path(kinds[kind]!),
    as: nobody,
    act: (page: Page) => take(page).then(() => act(page)),
  }))
  return [
    { name: 'challenge-label', path: `/challenges/${leased}` },
    { name: 'label-alone', path: path(leased) },
    { name: 'label-before', path: path(leased), as: nobody },
    { name: 'label-no-task', path: path(labels), as: grace },
    ...desks,
    {
      name: 'label-keys',
      path: path(kinds.spans!),
      as: nobody,
      act: (page) => take(page).then(() => press(page, '?')),
    },
    {
      name: 'label-end',
      path: path(kinds.rating!),
      as: grace,
      act: async (page) => {
        await take(page)
        await press(page, '1', '2', '3', '4', '5', '4')
        await page.getByText('items are answered').waitFor()
      },
    },
  ]
}
