/** What a maker does in the wizard to have images of a folder labeled, up to the one signature. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { png } from './png.ts'

export const BRICKS = { title: 'Bricks and doors', items: 6, batch: 3 }

/** Six pictures of bricks; the answers of three are known. */
export function writeBricks(folder: string): { images: string; known: string } {
  const images = join(folder, 'bricks')
  mkdirSync(images)
  const names = Array.from({ length: BRICKS.items }, (_, at) => `brick-${at}`)
  for (const [at, name] of names.entries()) {
    const brick = { x: 20 + at * 10, y: 30 + at * 5, width: 90, height: 50, color: [180, 80, 60] as const }
    writeFileSync(join(images, `${name}.png`), png(240, 160, [214, 222, 230], [brick]))
  }
  const known = join(folder, 'known.csv')
  writeFileSync(
    known,
    `id,answer\n${names
      .slice(0, 3)
      .map((name) => `${name},brick\n`)
      .join('')}`,
  )
  return { images, known }
}

/**
 * @param look is called at each step, once it is filled in
 * @param oracles by their URLs, in the order in which they are chosen; the first of the list without
 */
export async function fillInLabels(
  page: Page,
  { images, known }: { images: string; known: string },
  look: (step: string) => Promise<void> = async () => {},
  oracles: readonly string[] = [],
): Promise<void> {
  const next = () => page.getByRole('button', { name: 'Next', exact: true }).click()
  const step = (name: string) => page.getByRole('heading', { level: 2, name }).waitFor()
  await page.getByRole('radio', { name: /Labels, paid per unit/ }).check()
  await look('kind')
  await next()
  await step('2. Items')
  await page.getByLabel('Title').fill(BRICKS.title)
  await page.getByLabel('Summary').fill('Say what is in each of six pictures.')
  await page.getByLabel('Description').fill('Pictures of *things* that stand or lie.')
  await page.getByRole('radio', { name: /Images or sounds/ }).check()
  await page.locator('input[webkitdirectory]').setInputFiles(images)
  await page.getByText('6 items to label.').waitFor()
  await page.getByLabel('Drop the known answers, or choose them').setInputFiles(known)
  await look('items')
  await next()
  await step('3. Task')
  await page.getByRole('textbox', { name: 'Choices' }).fill('brick | A brick | red, lying\ndoor | A door')
  await page.getByRole('textbox', { name: 'Instructions' }).fill('Say what lies **in front**.')
  const preview = page.getByRole('region', { name: 'As labelers see it' })
  await preview.getByRole('button', { name: 'Next item' }).click()
  await preview.locator('img[alt$="to be labeled"]').waitFor()
  await preview.getByRole('button', { name: /A door/ }).click()
  await preview.getByRole('button', { name: 'Next item' }).click()
  await preview.getByRole('button', { name: 'Previous item' }).click()
  await preview.getByRole('button', { name: 'Use this answer as an example' }).click()
  await page.getByLabel(/Why, for item brick-1/).fill('It stands.')
  await look('task')
  await next()
  await step('4. Money')
  await page.getByLabel('Pay for an accepted answer').fill('0.5')
  await page.getByLabel('Time an item takes').fill('6')
  await page.getByLabel('Labelers for each item').fill('1')
  await page.getByLabel('Items in a full batch').fill(String(BRICKS.batch))
  await page.getByText('An hour earns 300 XLM').waitFor()
  await look('money')
  await next()
  await step('5. Oracles')
  if (oracles.length === 0) await page.getByRole('checkbox').first().check()
  for (const url of oracles) await page.getByRole('checkbox', { name: url }).check()
  await look('oracles')
  await next()
  await step('6. Review')
  await page.getByText('Everything that can happen, and when').waitFor()
  await look('review')
}
